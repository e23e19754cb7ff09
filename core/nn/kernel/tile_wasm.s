//go:build goexperiment.simd

// The tiles for wasm. See tile_wasm.go for what each computes.
//
// How this assembler works: operands go over WebAssembly's own stack, Get and
// Set move them to locals. R0…R15 are 64-bit integers and V0…V15 vectors, local
// to the function; arguments lie on the Go stack in linear memory. A local costs
// nothing (V8 keeps it in a register), sixteen registers of x86 less one hold
// the eight accumulators and what is in flight.
//
// V128Store takes its offset from a second operand (Go 1.27 ignores the first),
// V128Load32Splat and the shuffles come without their immediate bytes and are
// not used: weights are spread beforehand, lanes move by swizzle.

#include "textflag.h"

#define LOAD(p, off) \
	Get p; \
	I32WrapI64; \
	V128Load $off

#define STORE(p, off, v) \
	Get p; \
	I32WrapI64; \
	Get v; \
	V128Store $0, $off

// acc += w·x
#define MULADD(w, x, acc) \
	Get w; \
	Get x; \
	F32x4Mul; \
	Get acc; \
	F32x4Add; \
	Set acc

// p += d, both locals
#define ADVANCE(p, d) \
	Get p; \
	Get d; \
	I64Add; \
	Set p

#define ADVANCEBY(p, d) \
	Get p; \
	I64Const $d; \
	I64Add; \
	Set p

// to = a + b
#define SUM(a, b, to) \
	Get a; \
	Get b; \
	I64Add; \
	Set to

// Goes on with the innermost loop while p < end.
#define WHILEBELOW(p, end) \
	Get p; \
	Get end; \
	I64LtU; \
	BrIf $0

// One row of the tile: the weight at R10+off times V8 and V9.
#define ROW(off, acc0, acc1) \
	LOAD(R10, off); \
	Set V10; \
	MULADD(V10, V8, acc0); \
	MULADD(V10, V9, acc1)

// func tile4(c unsafe.Pointer, ldc uintptr, w, b unsafe.Pointer, ldb, k, n uintptr, start unsafe.Pointer)
TEXT ·tile4(SB), NOSPLIT, $0-64
	MOVD c+0(FP), R0
	MOVD ldc+8(FP), R1
	MOVD w+16(FP), R2
	MOVD b+24(FP), R3
	MOVD ldb+32(FP), R4
	MOVD n+48(FP), R6
	MOVD start+56(FP), R7
	Get R0 // R6: where row 0 of c ends
	Get R6
	I64Const $4
	I64Mul
	I64Add
	Set R6
	Get R2 // R5: where w ends
	MOVD k+40(FP), R5
	Get R5
	I64Const $64
	I64Mul
	I64Add
	Set R5
	Loop // two vectors of columns
		SUM(R0, R1, R13)
		SUM(R13, R1, R14)
		SUM(R14, R1, R15)
		Get R7
		I64Eqz
		If
			LOAD(R0, 0)
			Set V0
			LOAD(R0, 16)
			Set V1
			LOAD(R13, 0)
			Set V2
			LOAD(R13, 16)
			Set V3
			LOAD(R14, 0)
			Set V4
			LOAD(R14, 16)
			Set V5
			LOAD(R15, 0)
			Set V6
			LOAD(R15, 16)
			Set V7
		Else
			LOAD(R7, 0)
			Tee V0
			Set V1
			LOAD(R7, 16)
			Tee V2
			Set V3
			LOAD(R7, 32)
			Tee V4
			Set V5
			LOAD(R7, 48)
			Tee V6
			Set V7
		End
		Get R2
		Set R10
		Get R3
		Set R11
		Loop // k
			LOAD(R11, 0)
			Set V8
			LOAD(R11, 16)
			Set V9
			ROW(0, V0, V1)
			ROW(16, V2, V3)
			ROW(32, V4, V5)
			ROW(48, V6, V7)
			ADVANCE(R11, R4)
			ADVANCEBY(R10, 64)
			WHILEBELOW(R10, R5)
		End
		STORE(R0, 0, V0)
		STORE(R0, 16, V1)
		STORE(R13, 0, V2)
		STORE(R13, 16, V3)
		STORE(R14, 0, V4)
		STORE(R14, 16, V5)
		STORE(R15, 0, V6)
		STORE(R15, 16, V7)
		ADVANCEBY(R3, 32)
		ADVANCEBY(R0, 32)
		WHILEBELOW(R0, R6)
	End
	RET

// func tile1(c, a unsafe.Pointer, col uintptr, b unsafe.Pointer, ldb, k, n uintptr, start unsafe.Pointer)
TEXT ·tile1(SB), NOSPLIT, $0-64
	MOVD c+0(FP), R0
	MOVD a+8(FP), R1
	MOVD col+16(FP), R2
	MOVD b+24(FP), R3
	MOVD ldb+32(FP), R4
	MOVD k+40(FP), R5
	MOVD n+48(FP), R6
	MOVD start+56(FP), R7
	Get R0 // R6: where c ends
	Get R6
	I64Const $4
	I64Mul
	I64Add
	Set R6
	Get R1 // R5: where a ends
	Get R5
	Get R2
	I64Mul
	I64Add
	Set R5
	Loop // two vectors of columns
		Get R7
		I64Eqz
		If
			LOAD(R0, 0)
			Set V0
			LOAD(R0, 16)
			Set V1
		Else
			LOAD(R7, 0)
			Tee V0
			Set V1
		End
		Get R1
		Set R10
		Get R3
		Set R11
		Loop // k
			Get R10
			I32WrapI64
			F32Load $0
			F32x4Splat
			Set V10
			LOAD(R11, 0)
			Set V8
			LOAD(R11, 16)
			Set V9
			MULADD(V10, V8, V0)
			MULADD(V10, V9, V1)
			ADVANCE(R11, R4)
			ADVANCE(R10, R2)
			Get R10
			Get R5
			I64Ne
			BrIf $0
		End
		STORE(R0, 0, V0)
		STORE(R0, 16, V1)
		ADVANCEBY(R3, 32)
		ADVANCEBY(R0, 32)
		WHILEBELOW(R0, R6)
	End
	RET

// One number of the left factor into four equal lanes.
#define SPREAD(from, off) \
	Get R0; \
	I32WrapI64; \
	Get from; \
	I32WrapI64; \
	F32Load $0; \
	F32x4Splat; \
	V128Store $0, $off

// func spread4(w, a unsafe.Pointer, row, col, k uintptr)
TEXT ·spread4(SB), NOSPLIT, $0-40
	MOVD w+0(FP), R0
	MOVD a+8(FP), R1
	MOVD row+16(FP), R2
	MOVD col+24(FP), R3
	MOVD k+32(FP), R4
	Get R0 // R4: where w ends
	Get R4
	I64Const $64
	I64Mul
	I64Add
	Set R4
	SUM(R1, R2, R5)
	SUM(R5, R2, R6)
	SUM(R6, R2, R7)
	Loop
		SPREAD(R1, 0)
		SPREAD(R5, 16)
		SPREAD(R6, 32)
		SPREAD(R7, 48)
		ADVANCE(R1, R3)
		ADVANCE(R5, R3)
		ADVANCE(R6, R3)
		ADVANCE(R7, R3)
		ADVANCEBY(R0, 64)
		WHILEBELOW(R0, R4)
	End
	RET

// The vector at base R8 bytes on.
#define LOADAT(base) \
	Get base; \
	Get R8; \
	I64Add; \
	I32WrapI64; \
	V128Load $0

// One row of x times the two rows of dy in V8 and V9.
#define COLUMN(base, acc0, acc1) \
	LOADAT(base); \
	Set V10; \
	MULADD(V8, V10, acc0); \
	MULADD(V9, V10, acc1)

// a += a with its neighbours swapped: lanes 01 01 23 23
#define PAIRS(a) \
	Get a; \
	Get a; \
	V128Const $0x0302010007060504, $0x0b0a09080f0e0d0c; \
	I8x16Swizzle; \
	F32x4Add

// lanes 01 23 01 23 of the vector on the stack, added, through V11
#define HALVES \
	Set V11; \
	Get V11; \
	Get V11; \
	V128Const $0x0f0e0d0c0b0a0908, $0x0706050403020100; \
	I8x16Swizzle; \
	F32x4Add

// The sums of the lanes of a, b, c and d, one a lane, on the stack.
#define TOTALS(a, b, c, d) \
	PAIRS(a); \
	PAIRS(b); \
	V128Const $0x00000000ffffffff, $0x00000000ffffffff; \
	V128Bitselect; \
	HALVES; \
	PAIRS(c); \
	PAIRS(d); \
	V128Const $0x00000000ffffffff, $0x00000000ffffffff; \
	V128Bitselect; \
	HALVES; \
	V128Const $-1, $0; \
	V128Bitselect

// func dots2(dw0, dw1, dy0, dy1, x unsafe.Pointer, ldx, n, groups uintptr)
TEXT ·dots2(SB), NOSPLIT, $0-64
	MOVD dw0+0(FP), R0
	MOVD dw1+8(FP), R1
	MOVD dy0+16(FP), R2
	MOVD dy1+24(FP), R3
	MOVD x+32(FP), R4
	MOVD ldx+40(FP), R5
	MOVD n+48(FP), R6
	MOVD groups+56(FP), R7
	Get R6 // R6: bytes in a row
	I64Const $4
	I64Mul
	Set R6
	Loop // groups
		SUM(R4, R5, R10) // R4, R10, R11, R12: rows of x
		SUM(R10, R5, R11)
		SUM(R11, R5, R12)
		V128Const $0, $0
		Tee V0
		Tee V1
		Tee V2
		Tee V3
		Tee V4
		Tee V5
		Tee V6
		Set V7
		I64Const $0
		Set R8
		Loop // columns
			LOADAT(R2)
			Set V8
			LOADAT(R3)
			Set V9
			COLUMN(R4, V0, V4)
			COLUMN(R10, V1, V5)
			COLUMN(R11, V2, V6)
			COLUMN(R12, V3, V7)
			ADVANCEBY(R8, 16)
			WHILEBELOW(R8, R6)
		End
		Get R0
		I32WrapI64
		LOAD(R0, 0)
		TOTALS(V0, V1, V2, V3)
		F32x4Add
		V128Store $0, $0
		Get R1
		I32WrapI64
		LOAD(R1, 0)
		TOTALS(V4, V5, V6, V7)
		F32x4Add
		V128Store $0, $0
		ADVANCEBY(R0, 16)
		ADVANCEBY(R1, 16)
		SUM(R12, R5, R4)
		Get R7
		I64Const $1
		I64Sub
		Tee R7
		I64Const $0
		I64Ne
		BrIf $0
	End
	RET
