import { weierstrass } from '@noble/curves/abstract/weierstrass.js'
import { concat, fromHex, utf8 } from '../bytes.ts'
import type { Hash } from '../hashes.ts'
import { readDer, sequence } from './der.ts'
import { integer, toBigInt } from './integers.ts'

/** The recommended curve of GB/T 32918.5. */
const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
}
const Point = weierstrass(CURVE)

const bytes32 = (n: bigint): Uint8Array => fromHex(n.toString(16).padStart(64, '0')) ?? new Uint8Array()

/** Who has not agreed on another name signs as this one (GM/T 0009). */
const USER = utf8('1234567812345678')

/** SM3 over the signer's name, the curve and the key, before the message. */
const identity = (point: Uint8Array, sm3: Hash): Uint8Array =>
  sm3(
    concat(
      Uint8Array.of(0, USER.length * 8),
      USER,
      bytes32(CURVE.a),
      bytes32(CURVE.b),
      bytes32(CURVE.Gx),
      bytes32(CURVE.Gy),
      point.subarray(1),
    ),
  )

/** SM2 with SM3 (GB/T 32918.2): `point` uncompressed, the signature as DER of two integers. Throws on what is malformed. */
export const verifySm2 = (
  point: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  sm3: Hash,
): boolean => {
  if (point.length !== 65 || point[0] !== 4) return false
  const outer = readDer(signature)
  const parts = sequence(outer)
  if (outer.raw.length !== signature.length || parts.length !== 2) return false
  const [r, s] = [integer(parts[0]), integer(parts[1])]
  const { n } = CURVE
  const t = (r + s) % n
  if (r < 1n || r >= n || s < 1n || s >= n || t === 0n) return false
  const key = Point.fromBytes(point)
  const sum = Point.BASE.multiplyUnsafe(s).add(key.multiplyUnsafe(t))
  if (sum.is0()) return false
  const e = toBigInt(sm3(concat(identity(point, sm3), message)))
  return (e + sum.toAffine().x) % n === r
}
