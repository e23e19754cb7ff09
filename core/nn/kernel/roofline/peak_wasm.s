//go:build goexperiment.simd

#include "textflag.h"

#define MULADD(w, x, acc) \
	Get w; \
	Get x; \
	F32x4Mul; \
	Get acc; \
	F32x4Add; \
	Set acc

#define DOUBLE(x) \
	Get x; \
	Get x; \
	F32x4Add; \
	Set x

// Eight products of two factors with four others, and the doubling that makes
// them new ones: 8 multiplications and 10 additions.
#define EIGHT \
	MULADD(V8, V10, V0); \
	MULADD(V9, V10, V1); \
	MULADD(V8, V11, V2); \
	MULADD(V9, V11, V3); \
	MULADD(V8, V12, V4); \
	MULADD(V9, V12, V5); \
	MULADD(V8, V13, V6); \
	MULADD(V9, V13, V7); \
	DOUBLE(V8); \
	DOUBLE(V9)

// func mulAdd(n uintptr, x unsafe.Pointer)
TEXT ·mulAdd(SB), NOSPLIT, $0-16
	MOVD n+0(FP), R0
	MOVD x+8(FP), R1
	Get R1
	I32WrapI64
	V128Load $0
	Set V8
	Get R1
	I32WrapI64
	V128Load $16
	Set V9
	Get R1
	I32WrapI64
	V128Load $32
	Set V10
	Get R1
	I32WrapI64
	V128Load $48
	Set V11
	Get R1
	I32WrapI64
	V128Load $64
	Set V12
	Get R1
	I32WrapI64
	V128Load $80
	Set V13
	Loop
		EIGHT
		EIGHT
		EIGHT
		EIGHT
		Get R0
		I64Const $1
		I64Sub
		Tee R0
		I64Const $0
		I64Ne
		BrIf $0
	End
	Get R1
	I32WrapI64
	Get V0
	Get V1
	F32x4Add
	Get V2
	F32x4Add
	Get V3
	F32x4Add
	Get V4
	F32x4Add
	Get V5
	F32x4Add
	Get V6
	F32x4Add
	Get V7
	F32x4Add
	V128Store $0, $0
	RET
