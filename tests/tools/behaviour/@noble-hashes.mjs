const text = (s) => new TextEncoder().encode(s);
export async function calls(m, call) {
  const inputs = [new Uint8Array(0), text("abc"), text("a".repeat(1000)), Uint8Array.from({ length: 257 }, (_, i) => i & 255)];
  const hashes = { ...pick(m.sha2, ["sha224", "sha256", "sha384", "sha512", "sha512_224", "sha512_256"]), ...pick(m.sha3, ["sha3_224", "sha3_256", "sha3_512", "keccak_256", "shake128", "shake256"]), ...pick(m.blake2, ["blake2b", "blake2s"]), ...pick(m.blake3, ["blake3"]), ...pick(m.legacy, ["sha1", "md5", "ripemd160"]) };
  for (const [name, hash] of Object.entries(hashes)) {
    await call(name, () => inputs.map((i) => hash(i)));
    await call(name + " in pieces", () => { const h = hash.create(); for (const i of inputs) h.update(i); const c = h.clone(); return [h.digest(), c.digest(), hash.outputLen, hash.blockLen]; });
    await call(name + " after digest", () => { const h = hash.create(); h.digest(); h.update(inputs[1]); });
    await call(name + " of a string", () => hash("abc"));
  }
  await call("known vector", () => m.utils.bytesToHex(m.sha2.sha256(text("abc"))) === "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  await call("hmac", () => [m.hmac.hmac(m.sha2.sha256, text("key"), text("msg")), m.hmac.hmac(m.sha3.sha3_512, new Uint8Array(300), text("msg"))]);
  await call("hkdf", () => [m.hkdf.hkdf(m.sha2.sha256, text("ikm"), text("salt"), text("info"), 80), m.hkdf.hkdf(m.sha2.sha512, text("ikm"), undefined, undefined, 10)]);
  await call("hkdf too long", () => m.hkdf.hkdf(m.sha2.sha256, text("ikm"), undefined, undefined, 255 * 32 + 1));
  await call("pbkdf2", () => m.pbkdf2.pbkdf2(m.sha2.sha256, "password", "salt", { c: 50, dkLen: 40 }));
  await call("pbkdf2 async", () => m.pbkdf2.pbkdf2Async(m.sha2.sha512, "password", "salt", { c: 20, dkLen: 33 }));
  await call("scrypt", () => m.scrypt.scrypt("password", "salt", { N: 16, r: 8, p: 1, dkLen: 32 }));
  await call("scrypt bad N", () => m.scrypt.scrypt("password", "salt", { N: 15, r: 8, p: 1 }));
  await call("argon2id", () => m.argon2.argon2id("password", "saltsalt", { t: 1, m: 64, p: 2 }));
  await call("blake options", () => [m.blake2.blake2b(text("x"), { dkLen: 20, key: text("k".repeat(16)) }), m.blake3.blake3(text("x"), { context: text("ctx"), dkLen: 70 })]);
  await call("xof", () => { const x = m.sha3.shake128.create({ dkLen: 10 }); x.update(text("x")); return [x.xof(5), x.xof(7)]; });
  await call("utils", () => [m.utils.hexToBytes("00ff"), m.utils.concatBytes(text("a"), text("b")), m.utils.utf8ToBytes("é"), m.utils.isBytes([])]);
  await call("bad hex", () => m.utils.hexToBytes("0g"));
}
const pick = (module, names) => Object.fromEntries(names.map((n) => [n, module[n]]));
