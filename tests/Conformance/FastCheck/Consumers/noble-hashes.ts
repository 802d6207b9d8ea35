import { _BLAKE2, blake2b, type Blake2Opts } from "noble-hashes/blake2";
import { argon2id, type ArgonOpts } from "noble-hashes/argon2";
import { expand, extract, hkdf } from "noble-hashes/hkdf";
import { _HMAC, hmac } from "noble-hashes/hmac";
import { pbkdf2, pbkdf2Async, type Pbkdf2Opt } from "noble-hashes/pbkdf2";
import { scrypt, type ScryptOpts } from "noble-hashes/scrypt";
import { _SHA256, _SHA512, sha256, sha512 } from "noble-hashes/sha2";
import { Keccak, keccakP, sha3_256, shake128, type ShakeOpts } from "noble-hashes/sha3";
import { bytesToHex, type CHash, concatBytes, createHasher, type Hash, hexToBytes, isBytes, isLE, nextTick, oidNist, randomBytes, rotr, utf8ToBytes } from "noble-hashes/utils";
declare const unknown: unknown;
// accepted
export const digest: Uint8Array = sha256(utf8ToBytes("abc"));
export const length: number = sha256.outputLen + sha512.blockLen;
export const canXof: boolean = sha3_256.canXOF;
export const state: _SHA256 = sha256.create();
export const chained: Uint8Array = sha256.create().update(digest).update(digest).digest();
export const cloned: _SHA256 = state.clone();
export const hash: Hash<_SHA512> = sha512.create();
export const keyed: Uint8Array = blake2b(digest, { dkLen: 32, key: digest });
export const options: Blake2Opts = { dkLen: 16, salt: digest, personalization: digest };
export const shaken: Uint8Array = shake128(digest, { dkLen: 10 });
export const xof: Uint8Array = shake128.create({ dkLen: 5 }).xof(3);
export const shakeOptions: ShakeOpts = {};
export const mac: Uint8Array = hmac(sha256, digest, digest);
export const streamed: Uint8Array = hmac.create(sha256, digest).update(digest).digest();
export const derived: Uint8Array = hkdf(sha256, digest, undefined, digest, 10);
export const extracted: Uint8Array = extract(sha256, digest);
export const expanded: Uint8Array = expand(sha256, digest, undefined, 5);
export const stretched: Uint8Array = pbkdf2(sha256, "password", "salt", { c: 10, dkLen: 32 });
export const later: Promise<Uint8Array> = pbkdf2Async(sha256, "password", digest, { c: 10 });
export const hard: Uint8Array = scrypt("password", "salt", { N: 2, r: 1, p: 1, onProgress: (n: number) => void n });
export const harder: Uint8Array = argon2id("password", "saltsalt", { t: 1, m: 8, p: 1 });
export const hex: string = bytesToHex(hexToBytes("00"));
export const joined: Uint8Array = concatBytes(digest, digest, randomBytes(), randomBytes(8));
export const narrowed: number = isBytes(unknown) ? unknown.length : 0;
export const little: boolean = isLE;
export const turned: number = rotr(1, 2);
export const tick: Promise<void> = nextTick();
export const oid: Uint8Array = oidNist(1).oid;
export const anyHash: CHash = sha256;
export const made: CHash<_SHA256> = createHasher(() => new _SHA256());
export const sponge: Keccak = new Keccak(136, 6, 32, false, 24);
export const own: number = sponge.blockLen + sponge.outputLen;
export const macClass: _HMAC<_SHA256> = new _HMAC<_SHA256>(sha256, digest);
export const inner: _SHA256 = macClass.iHash;
export class Wider extends _SHA256 { size(): number { return this.blockLen; } }
export class Peek extends _SHA256 { look(): void { this.roundClean(); } }
// rejected
export const r1: number = sha256(digest); // error TS2322
export const r2 = sha256("abc"); // error TS2345
export const r3: _SHA512 = sha256.create(); // error TS2740
export const r4 = sha256(digest, {}); // error TS2554
export const r5 = blake2b(digest, { dkLen: "x" }); // error TS2322
export const r6 = blake2b(digest, { size: 1 }); // error TS2353
export const r7 = shake128.create({ length: 5 }); // error TS2353
export const r8 = sha256.create().xof(3); // error TS2339
export const r9 = hmac("sha256", digest, digest); // error TS2345
export const r10 = hkdf(sha256, digest, undefined, digest); // error TS2554
export const r11 = pbkdf2(sha256, "password", "salt", {}); // error TS2345
export const r12: Pbkdf2Opt = { c: "1" }; // error TS2322
export const r13: Uint8Array = pbkdf2Async(sha256, "p", "s", { c: 1 }); // error TS2740
export const r14: ScryptOpts = { N: 1, r: 1 }; // error TS2741
export const r15: ArgonOpts = { t: 1, m: 8, p: 1, version: "x" }; // error TS2322
export const r16 = bytesToHex("00"); // error TS2345
export const r17: string = hexToBytes("00"); // error TS2322
export const r18 = rotr("1", 2); // error TS2345
export const r19 = randomBytes("8"); // error TS2345
export const r20: string = isLE; // error TS2322
export const r21 = state.finished; // error TS2445
export const r22 = macClass.finished; // error TS2341
export const r23 = new _BLAKE2(1, 2); // error TS2511
export const r24 = new Keccak(); // error TS2554
export const r25 = sponge.state; // error TS2445
export const r26: Keccak = { blockLen: 1, outputLen: 2 }; // error TS2740
export class R27 extends _SHA256 { override update(): string { return ""; } } // error TS2416
export const r28 = nextTick().length; // error TS2339
export const r29 = keccakP(digest); // error TS2345
export const r30: string = unknown; // error TS2322
