//go:build goexperiment.simd

// SiLU for wasm; tile_wasm.s explains the assembler. Constants live in V5…V15,
// the number at hand in V0, what comes of it in V1 and V2.

#include "textflag.h"

#define CONSTANT(off, v) \
	Get R3; \
	I32WrapI64; \
	V128Load $off; \
	Set v

#define CONSTANTS \
	CONSTANT(0, V15); \
	CONSTANT(16, V14); \
	CONSTANT(32, V13); \
	CONSTANT(48, V12); \
	CONSTANT(64, V11); \
	CONSTANT(80, V10); \
	CONSTANT(96, V9); \
	CONSTANT(112, V8); \
	CONSTANT(128, V7); \
	CONSTANT(144, V6); \
	CONSTANT(160, V5)

// V0 = z from R0; V1 = −z/ln 2 clamped, plus the constant that rounds; V2 = what
// rounding left.
#define REDUCE \
	Get R0; \
	I32WrapI64; \
	V128Load $0; \
	Tee V0; \
	Get V15; \
	F32x4Pmin; \
	Get V14; \
	F32x4Pmax; \
	Get V13; \
	F32x4Mul; \
	Tee V2; \
	Get V12; \
	F32x4Add; \
	Set V1; \
	Get V2; \
	Get V1; \
	Get V12; \
	F32x4Sub; \
	F32x4Sub; \
	Set V2

// One more coefficient for the polynomial on the stack.
#define HORNER(c) \
	Get V2; \
	F32x4Mul; \
	Get c; \
	F32x4Add

// 1 + 2^y times the polynomial on the stack.
#define SCALEUP \
	Get V1; \
	I32Const $23; \
	I32x4Shl; \
	I32x4Add; \
	Get V11; \
	F32x4Add

#define LOGISTIC \
	REDUCE; \
	Get V11; \
	Get V10; \
	HORNER(V9); \
	HORNER(V8); \
	HORNER(V7); \
	HORNER(V6); \
	HORNER(V5); \
	SCALEUP; \
	F32x4Div

#define NEXT \
	Get R0; \
	I64Const $16; \
	I64Add; \
	Tee R0; \
	Get R2; \
	I64LtU; \
	BrIf $0

// R2 = the end of z
#define END \
	Get R0; \
	Get R2; \
	I64Const $4; \
	I64Mul; \
	I64Add; \
	Set R2

// func siluLoop(z, d unsafe.Pointer, n uintptr, constants *[11][lanes]float32)
TEXT ·siluLoop(SB), NOSPLIT, $0-32
	MOVD z+0(FP), R0
	MOVD d+8(FP), R1
	MOVD n+16(FP), R2
	MOVD constants+24(FP), R3
	END
	CONSTANTS
	Loop
		LOGISTIC
		Set V1
		Get R0
		I32WrapI64
		Get V0
		Get V1
		F32x4Mul
		Tee V2
		V128Store $0, $0
		Get R1
		I32WrapI64
		Get V11
		Get V1
		F32x4Sub
		Get V2
		F32x4Mul
		Get V1
		F32x4Add
		V128Store $0, $0
		Get R1
		I64Const $16
		I64Add
		Set R1
		NEXT
	End
	RET

// func siluOnlyLoop(z unsafe.Pointer, n uintptr, constants *[11][lanes]float32)
TEXT ·siluOnlyLoop(SB), NOSPLIT, $0-24
	MOVD z+0(FP), R0
	MOVD n+8(FP), R2
	MOVD constants+16(FP), R3
	END
	CONSTANTS
	Loop
		Get R0
		I32WrapI64
		LOGISTIC
		Get V0
		F32x4Mul
		V128Store $0, $0
		NEXT
	End
	RET

// func siluFastLoop(z unsafe.Pointer, n uintptr, constants *[11][lanes]float32)
TEXT ·siluFastLoop(SB), NOSPLIT, $0-24
	MOVD z+0(FP), R0
	MOVD n+8(FP), R2
	MOVD constants+16(FP), R3
	END
	CONSTANTS
	Loop
		Get R0
		I32WrapI64
		REDUCE
		Get V0
		Get V10
		HORNER(V9)
		HORNER(V8)
		HORNER(V7)
		SCALEUP
		F32x4Div
		V128Store $0, $0
		NEXT
	End
	RET
