const text = (s) => new TextEncoder().encode(s);
const key = Uint8Array.from({ length: 32 }, (_, i) => i + 1);
export async function calls({ secp256k1: { secp256k1, schnorr, ...k1 }, ed25519: { ed25519, x25519, ...ed }, nist, bls, utils }, call) {
  for (const [name, curve] of Object.entries({ secp256k1, p256: nist.p256 })) {
    const signature = curve.sign(text("message"), key);
    await call(name + " key", () => [curve.getPublicKey(key), curve.getPublicKey(key, false)]);
    await call(name + " sign", () => signature);
    await call(name + " verify", () => [curve.verify(signature, text("message"), curve.getPublicKey(key)), curve.verify(signature, text("other"), curve.getPublicKey(key))]);
    await call(name + " shared", () => curve.getSharedSecret(key, curve.getPublicKey(key.map((b) => b ^ 1))));
    await call(name + " bad key", () => curve.getPublicKey(new Uint8Array(32)));
    await call(name + " bad point", () => curve.Point.fromHex("02" + "ff".repeat(32)));
    await call(name + " points", () => { const G = curve.Point.BASE; return [G.multiply(5n).toHex(), G.double().add(G).equals(G.multiply(3n)), G.negate().add(G).is0(), G.multiplyUnsafe ? G.multiplyUnsafe(7n).toHex() : 0, curve.Point.Fn.ORDER]; });
    await call(name + " lengths", () => [curve.lengths, curve.utils.isValidSecretKey?.(key), curve.utils.isValidPublicKey?.(curve.getPublicKey(key))]);
  }
  await call("secp256k1 recovered", () => { const s = secp256k1.sign(text("m"), key, { format: "recovered" }); return [s, secp256k1.recoverPublicKey(s, text("m"))]; });
  await call("secp256k1 der", () => secp256k1.sign(text("m"), key, { format: "der", lowS: false }));
  await call("schnorr", () => { const s = schnorr.sign(text("m"), key, new Uint8Array(32)); return [s, schnorr.getPublicKey(key), schnorr.verify(s, text("m"), schnorr.getPublicKey(key))]; });
  await call("secp256k1 to curve", () => k1.secp256k1_hasher.hashToCurve(text("x"), { DST: "kiln" }).toHex());
  await call("ed25519", () => { const s = ed25519.sign(text("m"), key); return [ed25519.getPublicKey(key), s, ed25519.verify(s, text("m"), ed25519.getPublicKey(key)), ed25519.verify(s, text("n"), ed25519.getPublicKey(key))]; });
  await call("ed25519 vector", () => utils.bytesToHex(ed25519.getPublicKey(utils.hexToBytes("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))) === "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  await call("x25519", () => [x25519.getPublicKey(key), x25519.getSharedSecret(key, x25519.getPublicKey(key.map((b) => b ^ 2)))]);
  await call("ed25519 conversions", () => [ed25519.utils.toMontgomery(ed25519.getPublicKey(key)), ed.ED25519_TORSION_SUBGROUP.length]);
  await call("ristretto", () => ed.ristretto255.Point.BASE.multiply(9n).toHex());
  await call("p384 p521", () => [nist.p384.getPublicKey(new Uint8Array(48).fill(1)), nist.p521.getPublicKey(new Uint8Array(66).fill(1).fill(0, 0, 2))]);
  await call("bls", () => { const l = bls.bls12_381.longSignatures; const h = l.hash(text("m")); const s = l.sign(h, key); return [l.getPublicKey(key).toHex(), s.toHex(), l.verify(s, h, l.getPublicKey(key))]; });
  await call("bls pairing", () => { const { G1, G2, fields } = bls.bls12_381; return fields.Fp12.toBytes(bls.bls12_381.pairing(G1.Point.BASE, G2.Point.BASE)); });
  await call("utils", () => [utils.numberToBytesBE(258n, 4), utils.bytesToNumberLE(Uint8Array.of(1, 2)), utils.bitLen(255n), utils.bitMask(9)]);
  await call("utils error", () => utils.numberToBytesBE(-1n, 4));
}
