import { bls12_381, bls12_381_Fr } from "noble-curves/bls";
import { ED25519_TORSION_SUBGROUP, ed25519, ed25519_hasher, ristretto255, ristretto255_hasher, x25519 } from "noble-curves/ed25519";
import { p256, p256_hasher, p384 } from "noble-curves/nist";
import { schnorr, type SecpSchnorr, secp256k1, secp256k1_hasher } from "noble-curves/secp256k1";
import { aInRange, abignumber, abool, afunction, aobject, bitLen, bitMask, bytesToNumberBE, type CryptoKeys, createHmacDrbg, equalBytes, hexToBytes, hexToNumber, notImplemented, numberToBytesBE, type Signer } from "noble-curves/utils";
declare const bytes: Uint8Array<ArrayBuffer>;
declare const flag: boolean;
// accepted
export const keys = secp256k1.keygen();
export const secret: Uint8Array = keys.secretKey;
export const publicKey: Uint8Array = secp256k1.getPublicKey(secret, flag);
export const signature: Uint8Array = secp256k1.sign(bytes, secret, { lowS: false, format: "der", extraEntropy: true });
export const valid: boolean = secp256k1.verify(signature, bytes, publicKey, { prehash: false });
export const parsed = secp256k1.Signature.fromBytes(signature, "compact");
export const r: bigint = parsed.r + parsed.s;
export const recovery: number | undefined = parsed.recovery;
export const withBit: number = parsed.addRecoveryBit(1).recovery;
export const constructed = new secp256k1.Signature(1n, 2n, 0);
export const point = secp256k1.Point.BASE.multiply(2n).add(secp256k1.Point.ZERO);
export const x: bigint = point.toAffine().x;
export const shared: Uint8Array = secp256k1.getSharedSecret(secret, publicKey);
export const schnorrPublic: Uint8Array = schnorr.getPublicKey(secret);
export const schnorrType: SecpSchnorr = schnorr;
export const edKeys: { secretKey: Uint8Array; publicKey: Uint8Array } = ed25519.keygen(bytes);
export const edSignature: Uint8Array = ed25519.sign(bytes, secret, { context: bytes });
export const edValid: boolean = ed25519.verify(edSignature, bytes, publicKey, { zip215: true });
export const scalar: bigint = ed25519.utils.getExtendedPublicKey(secret).scalar;
export const montgomery: Uint8Array = ed25519.utils.toMontgomery(publicKey);
export const exchanged: Uint8Array = x25519.getSharedSecret(secret, publicKey);
export const ristretto = ristretto255.Point.BASE.double().equals(ristretto255.Point.ZERO);
export const torsion: string | undefined = ED25519_TORSION_SUBGROUP[0];
export const hashed = p256_hasher.hashToCurve(bytes, { DST: "x" });
export const hashedX: bigint = hashed.x;
export const order: bigint = p384.Point.Fn.ORDER;
export const field: bigint = bls12_381_Fr.mul(2n, 3n);
export const inverse: bigint = bls12_381_Fr.inv(field);
export const g1 = bls12_381.G1.Point.BASE.toBytes();
export const long = bls12_381.longSignatures.getPublicKey(secret);
export const kept: number = abignumber(5);
export const function_: (a: number) => string = afunction((a: number) => String(a), "title");
export const object: { a: number } = aobject({ a: 1 });
export const big: bigint = bytesToNumberBE(bytes) + hexToNumber("ff") + bitMask(3);
export const same: boolean = equalBytes(bytes, numberToBytesBE(1n, 2));
export const count: number = bitLen(5n);
export const never: string = notImplemented();
export const lengths: number | undefined = p256.lengths.secretKey;
export const drbg = createHmacDrbg<string>(32, 32, (() => bytes) as never);
export const drawn: string = drbg(bytes, (v) => v ? "x" : undefined);
export const hashes: Uint8Array = numberToBytesBE(1, 2);
export const keygen: CryptoKeys["keygen"] = (seed) => ({ secretKey: seed ?? bytes, publicKey: bytes }) as never;
// rejected
export const r1: string = secp256k1.sign(bytes, secret); // error TS2322
export const r2 = secp256k1.sign("message", secret); // error TS2345
export const r3 = secp256k1.sign(bytes, secret, { format: "xml" }); // error TS2322
export const r4 = secp256k1.sign(bytes, secret, { low: true }); // error TS2561
export const r5 = secp256k1.verify(signature, bytes); // error TS2554
export const r6: Uint8Array = secp256k1.verify(signature, bytes, publicKey); // error TS2322
export const r7 = new secp256k1.Signature(1, 2); // error TS2345
parsed.r = 5n; // error TS2540
export const r9: number = parsed.recovery; // error TS2322
export const r10 = point.multiply(2); // error TS2345
export const r11 = point.add(ed25519.Point.BASE); // error TS2345
export const r12: number = point.x; // error TS2322
export const r13 = secp256k1.publicKey; // error TS2551
export const r14 = schnorr.recoverPublicKey(signature, bytes); // error TS2339
export const r15 = ed25519.sign(bytes, secret, { prehash: true }); // error TS2353
export const r16 = ed25519.utils.toMontgomery("x"); // error TS2345
export const r17 = x25519.sign(bytes, secret); // error TS2339
ED25519_TORSION_SUBGROUP.push("x"); // error TS2339
export const r19: number = ED25519_TORSION_SUBGROUP[0]; // error TS2322
export const r20 = p256_hasher.hashToCurve("x"); // error TS2345
export const r21 = bls12_381_Fr.mul(2, 3); // error TS2345
export const r22 = bls12_381.G3; // error TS2339
export const r23: string = abignumber(5n); // error TS2322
export const r24 = abignumber("5"); // error TS2345
export const r25 = afunction(5, "title"); // error TS2345
export const r26 = abool("true"); // error TS2345
export const r27 = aInRange("title", 1, 2, 3); // error TS2345
export const r28: Signer = { keygen: 1 }; // error TS2322
export const r29: number = hexToBytes("00"); // error TS2322
export const r30 = drbg(bytes); // error TS2554
export const r31 = secp256k1_hasher.hashToCurve(); // error TS2554
export const r32 = ristretto255_hasher.encodeToCurve(bytes); // error TS2339
export const r33 = ed25519_hasher.hashToCurve(bytes, { DST: 1 }); // error TS2322
