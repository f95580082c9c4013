"""Values published elsewhere. `check()` reproduces every one of them before a vector is written.

Sources: RFC 7748, RFC 9380 appendix J.4.2, RFC 5869 appendix A, RFC 4231, RFC 6979 appendix A.2.5,
draft-irtf-cfrg-cpace-21 appendix B.1, and the RS1 vectors 1 to 4 of the project's security design.
"""

import curve25519
import handshake
import p256
import records
import resume
from primitives import expand, extract, hmac, sha256
from wire import items, lv, u8, u16, u32, u64

# RFC 7748 section 5.2: scalar, u, result
X25519_SINGLE = [
    ("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
     "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
     "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552"),
    ("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
     "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
     "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957"),
]
X25519_ITERATED = [
    (1, "422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079"),
    (1000, "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51"),
]
# RFC 7748 section 6.1
ALICE = ("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a",
         "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
BOB = ("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb",
       "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
ALICE_AND_BOB = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"

# CPace draft-21 appendix B.1.10: scalar, then u and the bare function's result
LOW_ORDER_SCALAR = "af46e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449aff"
LOW_ORDER = [
    ("u0", "0000000000000000000000000000000000000000000000000000000000000000", "00" * 32),
    ("u1", "0100000000000000000000000000000000000000000000000000000000000000", "00" * 32),
    ("u2", "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "00" * 32),
    ("u3", "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800", "00" * 32),
    ("u4", "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157", "00" * 32),
    ("u5", "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "00" * 32),
    ("u6", "daffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
     "d8e2c776bbacd510d09fd9278b7edcd25fc5ae9adfba3b6e040e8d3b71b21806"),
    ("u7", "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "00" * 32),
    ("u8", "dbffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
     "c85c655ebe8be44ba9c0ffde69f2fe10194458d137f09bbff725ce58803cdb38"),
    ("u9", "d9ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
     "db64dafa9b8fdd136914e61461935fe92aa372cb056314e1231bc4ec12417456"),
    ("ua", "cdeb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b880",
     "e062dcd5376d58297be2618c7498f55baa07d7e03184e8aada20bca28888bf7a"),
    ("ub", "4c9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f11d7",
     "993c6ad11c4c29da9a56f7691fd0ff8d732e49de6250b6c2e80003ff4629a175"),
]

# CPace draft-21 appendix B.1.1 to B.1.5
CPACE = {
    "prs": b"Password".hex(),
    "ci": "0b415f696e69746961746f720b425f726573706f6e646572",
    "sid": "7e4b4791d6a8ef019b936c79fb7f2c57",
    "hash": "03998087bdb1a2617bbe25ef5a7c18cd4f84f902328701790958755ee4aed1d3",
    "generator": "d04bf6d41f6a289632a2e929fa29bebd51092512a7829fdde7d314b62f05a73f",
    "scalarA": "21b4f4bd9e64ed355c3eb676a28ebedaf6d8f17bdc365995b319097153044080",
    "shareA": "1d13c89278cdadd826f6d8d7f887701430f8380ddc17611cdd6dc989ce0c9f32",
    "adA": b"ADa".hex(),
    "scalarB": "848b0779ff415f0af4ea14df9dd1d3c29ac41d836c7808896c4eba19c51ac40a",
    "shareB": "248cccf6d5cdc3646f0ad593f9e6cef4e69d4945f8372e623512ecea32185623",
    "adB": b"ADb".hex(),
    "k": "5b067effbdc0b2a0e1d907b21ebb25cfedb96a852179a847c37e43ee71322c6b",
    "isk": "6e19b875f7a561d6b3ca3dbb9ef42ac55de3e717881018204b8922b4d5e53bb2"
           "aa82c300bea7b65d2b671da71922ddf6472301b79bc270adfa8bf413285f2263",
}
CPACE_STRING_START = "0843506163653235350850617373776f72646d" + "00" * 109 + "18" + CPACE["ci"] + "10" + CPACE["sid"]

# CPace draft-21 appendix A.1 and A.3: the encodings
PREPEND = [("", "00"), (b"1234".hex(), "0431323334"), (bytes(range(127)).hex(), "7f" + bytes(range(127)).hex()),
           (bytes(range(128)).hex(), "8001" + bytes(range(128)).hex())]
LV_CAT = ([b"1234", b"5", b"", b"678"], "043132333401350003363738")
TRANSCRIPTS = [
    ((b"123", b"PartyA", b"234", b"PartyB"), "03313233065061727479410332333406506172747942"),
    ((b"3456", b"PartyA", b"2345", b"PartyB"), "043334353606506172747941043233343506506172747942"),
]

# RFC 9380 J.4.2: curve25519_XMD:SHA-512_ELL2_NU_, u[0] and the u-coordinate before cofactor clearing (big-endian)
ELLIGATOR = [
    ("608d892b641f0328523802a6603427c26e55e6f27e71a91a478148d45b5093cd",
     "51125222da5e763d97f3c10fcc92ea6860b9ccbbd2eb1285728f566721c1e65b"),
    ("46f5b22494bfeaa7f232cc8d054be68561af50230234d7d1d63d1d9abeca8da5",
     "7d56d1e08cb0ccb92baf069c18c49bb5a0dcd927eff8dcf75ca921ef7f3e6eeb"),
    ("235fe40c443766ce7e18111c33862d66c3b33267efa50d50f9e8e5d252a40aaa",
     "3fbe66b9c9883d79e8407150e7c2a1c8680bee496c62fabe4619a72b3cabe90f"),
    ("001e92a544463bda9bd04ddbe3d6eed248f82de32f522669efc5ddce95f46f5b",
     "227e0bb89de700385d19ec40e857db6e6a3e634b1c32962f370d26f84ff19683"),
    ("1a68a1af9f663592291af987203393f707305c7bac9c8d63d6a729bdc553dc19",
     "3bcd651ee54d5f7b6013898aab251ee8ecc0688166fce6e9548d38472f6bd196"),
]

# RFC 5869 appendix A.1 to A.3: ikm, salt, info, length, prk, okm
HKDF = [
    ("0b" * 22, bytes(range(13)).hex(), bytes(range(0xF0, 0xFA)).hex(), 42,
     "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5",
     "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"),
    (bytes(range(0x50)).hex(), bytes(range(0x60, 0xB0)).hex(), bytes(range(0xB0, 0x100)).hex(), 82,
     "06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244",
     "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
     "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87"),
    ("0b" * 22, "", "", 42,
     "19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04",
     "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
]

# RFC 4231 section 4, HMAC-SHA-256: key, data, mac (case 5 is cut to 128 bits)
HMAC = [
    ("0b" * 20, b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    (b"Jefe".hex(), b"what do ya want for nothing?",
     "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    ("aa" * 20, b"\xdd" * 50, "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    (bytes(range(1, 26)).hex(), b"\xcd" * 50, "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    ("0c" * 20, b"Test With Truncation", "a3b6167473100ee06e0c796c2955552b"),
    ("aa" * 131, b"Test Using Larger Than Block-Size Key - Hash Key First",
     "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    ("aa" * 131, b"This is a test using a larger than block-size key and a larger than block-size data. "
     b"The key needs to be hashed before being used by the HMAC algorithm.",
     "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
]

# RFC 6979 appendix A.2.5, P-256 with SHA-256: message, r || s
ECDSA_KEY = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
ECDSA = [
    (b"sample", "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
                "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"),
    (b"test", "f1abb023518351cd71d881567b1ea663ed3efcf6c5132b354f28d3b0b7d38367"
              "019f4113742a2b14bd25926b49c649155f267e60d3814b4c0cc84250e46f0083"),
]

# RS1 vector 1: the key schedule with placeholders for certificate and signature
RS1_1_INPUTS = {
    "secret": "902635", "nameplate": "417", "origin": "https://help.example.nl",
    "sidC": bytes(range(16)).hex(), "sidT": bytes(range(16, 32)).hex(), "version": 1, "suite": 1,
    "organizationKeyHash": sha256(b"example organisation key").hex(),
    "scalarT": "d077ef8a20227b5472d1be1563fcb3aabddd718ed64aec5ea2ae4bdf71ed0e06",
    "scalarC": "6189520c08e676b166eff7db7a3e7c8242a4d6e8fff46440a28532852ea9a300",
    "nonceT": "a1" * 16, "nonceC": "c1" * 16, "signature": "00" * 64,
    "adT": lv(b"RS1 T", u8(1), u16(1), sha256(b"RS1 sas commit" + b"\xa1" * 16), b"example technician certificate",
              u32(7), b"web/1.0.0").hex(),
    "adC": lv(b"RS1 C", u8(1), u16(1), u8(1), u16(1), b"\xc1" * 16, b"terms-nl", b"2026-01", sha256(b"example terms"),
              u64(1760000000), u32(0x3FF), b"app/1.0.0 win").hex(),
    "granted": 0, "machineName": "PC-JAN", "userName": "jan",
}
RS1_1 = {
    "ci": "03525331010102000120d71206438043b4ff0e040a51ec0570a79b3dfab8a798aff8b63edd1f0f7d485f1768747470733a2f2f68656c"
          "702e6578616d706c652e6e6c033431370a746563686e696369616e08637573746f6d6572",
    "generatorHash": "245aa43b50e5bf512a1940309166993df39ff9de66ff67a7641f753e47991795",
    "r": "245aa43b50e5bf512a1940309166993df39ff9de66ff67a7641f753e47991715",
    "generator": "c1cdf3d88b0f3b6b43406449866cc8b108443f90800e770ef4e3659c8cf3d108",
    "shareT": "baf4abd857f1376aba8733484c9de3b0d8d24de6679aa5a7175aae6421a3da16",
    "shareC": "a077e0d09e06ded9d60809de53c1da5d6efac2c43df776bf78a90dc162ddd76f",
    "msg1": "010110101112131415161718191a1b1c1d1e1f20baf4abd857f1376aba8733484c9de3b0d8d24de6679aa5a7175aae6421a3da165a"
            "055253312054010102000120353117349cf35dfd857f5ea5a330d2fe9902553e1fb9777825d688bb3a1be1bf1e6578616d706c6520"
            "746563686e696369616e2063657274696669636174650400000007097765622f312e302e30",
    "msg2": "010220a077e0d09e06ded9d60809de53c1da5d6efac2c43df776bf78a90dc162ddd76f6f0552533120430101020001010102000110"
            "c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1087465726d732d6e6c07323032362d3031205524f0a158642b702c058da5a3ed8c645b0d08"
            "9fe0512ddea3b09a67fa8bad18080000000068e7780004000003ff0d6170702f312e302e302077696e",
    "k": "ab54cb38fa427647a5e5204eaacd23ac1483029634500f4c366d9ca9bcf09b7c",
    "isk": "d36a226c8e91c967b60cafd867e4f178d7dab8bca0a73c86b21a557434997fc4"
           "103f11284f42b28bda4658a8b92de1d8479abc248627a40d0c5ce03a86a71809",
    "th1": "f4a141daa6ed0930a4816362438dd878645130af1e59db108b4bf81235e8d996",
    "prk": "dd829ac178a10010607df7d47b1d30701c5251adb7e5b13aeca16c1e2b97dce6",
    "confirmT": "99fa394c53513cbf07790f40c2521bd559f07387ded1d43fba6413e30a7b4553",
    "hsKeyT": "f274a81e35305c50f6279f4aeeb97962ba2d19ebfb12f3677b3063ee0e4be42b",
    "hsIvT": "a74e7489d5824271fdb2b507",
    "tagT": "cb3d60db50147fa6fa2803df0769f8eea47b8eaa07a3d4086925bc6fe9842ecf",
    "msg3": "010320cb3d60db50147fa6fa2803df0769f8eea47b8eaa07a3d4086925bc6fe9842ecf62202cdbfaff0f9c48ddd3ba778b033f5589"
            "c20bb7686bf230781ee85175f73d068304b9c131934a724d7a56fc60b6eef4148e65a7d029a83f27f885de272d8dcdcf104702e7a6"
            "5bf816cd1da3c0db51406ca84186622e7b141504cf416c0cf20f2e4a",
    "th2": "721363300885c5e6f4d490fc5935f1a604d6e722111db920860a7afb575ba361",
    "confirmC": "8fe5ab948cc474b9989810000467d05674c218f9daa706780eda177b82a8bd28",
    "hsKeyC": "2e5b083ce6d18d3a06658031b40a7ac029488311136c2d8736dc643b2f0dc8cd",
    "hsIvC": "6657e4445d3d33b178fe1e97",
    "tagC": "fe7a506ff75f568bf7ac2304e84eaab2e466d58526b06a785fcd3d0d81721d09",
    "msg4": "010420fe7a506ff75f568bf7ac2304e84eaab2e466d58526b06a785fcd3d0d81721d0920341d5d0cacc4cd2460b62d4248db519c28"
            "37180ee2d3e378b3724d7b9b8fe7b1",
    "th3": "e4bd8a4cd2d731481edd428eb92916317b0d3e9a641cc7e29d44845fd07faf2c",
    "master": "7a5a796ab637bc3135d0d61a4d2a4d1776acb28bb0180f189bcc23c71b0fa376",
    "trafficTC": "49198269c37a9403c55e63152cc97d4f368b6b226e2c662cb8a12226a4fadd48",
    "trafficCT": "fa66d9179b920c4969940b5694d95370d8793893fed849b41fc7e82e5f653209",
    "keyTC": "94912af8a5d3973c5c8247ed97e5415e79f09a1fc50c2d3b8605905b0edeae9d",
    "ivTC": "27f519d2c5775eadb70ca114",
    "keyCT": "e4750a95cc518e40fa34a0ec50c50331bfdaf9697cd90bbee37ce6ba7532ca17",
    "ivCT": "8bb05f666c0e2283ad58d1eb",
    "nextTC": "08fe3b195e1b2ea5c4fe0b7d1ca422a83e6a821c0de38c68ec8ed76bddb1ebc9",
    "nextCT": "2435f49d070c909541421e5a45bf664a7557caf257b0e005779839e12ce46f51",
    "resume": "9a37c7ab718a861e285398afe132c1e487a503f4206862f9950acc3bc72c11bf",
    "sessionId": "55758455a650f5bbf4656f1a6dfcbd06",
    "checkNumber": "0124",
}

# RS1 vector 2: records after vector 1: direction, epoch, sequence, channel, payload, record
RS1_2 = [
    ("T>C", 0, 0, 0, "01",
     "1700000000000050b1a925a9ed3e36e70d931a6ae6cf3397375b302c36aafe0762c6d2f406645bac4a11de1e25664b0e3555e7f28d167aa2cf"
     "a69690420cf47d1a039e877156fe5c7c5111aaff38eb7c7cd07dee56797b9b"),
    ("T>C", 1, 0, 7, b"Hallo Jan".hex(),
     "17010000000000502defd30411cf7d66f8dbbe405050da24f7b46ad68b335ff064212741ad8ff644f1402f3ee727a5385fd9c74947c2e3a90d"
     "b0878257bea1e71171ddaac2e5a09859f95f0b8aaf474ccecec1a8e4ac8f3d"),
    ("C>T", 0, 0, 7, "Dag, één moment".encode().hex(),
     "170000000000005094a84d08aacb77b453205ddfb11b25464aab18e0c91eb5bef760943dd7a2b5c8136b0556847f81c20d7d4f548b6b492d4c"
     "31c294df314ad89aa01afe6fc6a6e3d9314c2d65fa5adc071e9560d2a04cc8"),
    ("C>T", 0, 1, 3, "0001020304", "170000000000001bd849ff1f2587407aa30ece538519619bf09f6265ded0f47151e9cb"),
]

# RS1 vector 3: resume after vector 1
RS1_3_INPUTS = {
    "sessionId": RS1_1["sessionId"], "n": 0, "secret": RS1_1["resume"],
    "scalarT": "d9ebad51f702a2a65a73e096d31af129dc1d39dac6bd811ece4391583cc08c81", "nonceT": "d1" * 16,
    "idsT": [{"channel": 7, "id": 5}],
    "scalarC": "bf2bb29b7ab06ab4d40b31fb3684bbf77a779bc6e7689828012bad4fd5ae6b5b", "nonceC": "d2" * 16, "idsC": [],
}
RS1_3 = {
    "r1": "01111055758455a650f5bbf4656f1a6dfcbd06040000000010d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d120ce39524bcfe39b7f0ecb4a7a76"
          "dee57467dc149c8ad16e1173547c0e1ececb7b0907000000000000000520c705f91204ad147c967f8f1fa0c6cb8d2673d0a10d9bd1588f"
          "9f070727b486f6",
    "r2": "01121055758455a650f5bbf4656f1a6dfcbd06040000000010d2d2d2d2d2d2d2d2d2d2d2d2d2d2d2d220bbac91c2c983e6d639087d890c"
          "682409ed36e5618d3247648519322c2fd28b2b0020d66dad05b5ea1d70ec20ed1af5ec47a1fa21613b573d70ebc925a11486508fa4",
    "thr": "41a553aa280560d8f8f8f08dec44392aef08c9d0671869e28a7b220c50caa5fd",
    "ecdh": "bc638e63ccd9173d6934d372beae48e9ac62d88d484d805d376e4754d5444805",
    "master": "004ebd256d4c153b3cdab637b31c1330fa127befa7ddfbb9b1364a27d5c2f22d",
    "trafficTC": "d4735b7a75eee410936da37db3b2dee30d92b8c064e1370cd6069451b6dc5461",
    "trafficCT": "8419f441584fff9d77df4e6ad99961757bf6e94c3aba7551c91f0164c06e5466",
    "resume": "bca3f36d9a051c383b6bec5db7e243c889a0c60e66fa665099cdd0c3553c3b5f",
}
RS1_3_RESUMED = ("170000000000005017362ff6f7d5301a020195662795dc377018675dbfb0076873a1a61bc0e5e0bb2f8f5b25bbeba03e7823e727b6"
                 "78de92f0bbe8fd5d4e3d7bf63ecee3268507109c83180dc1d9d669cb5024b1ba2a0cf8")

# RS1 vector 4: a whole run with certificate and signature
RS1_4_INPUTS = {
    "secret": "902635", "nameplate": "417", "origin": "https://help.example.nl", "versions": "01", "suites": "0001",
    "sidC": "a21db143779e1eb073dbced40c4fa0ca",
}
RS1_4_ORGANIZATION_KEY = (
    "3059301306072a8648ce3d020106082a8648ce3d03010703420004156327b6e89b78ecc209b84e625b871b1d0ce7385d0cc5020d1e3b385ff053"
    "a902a4e4458e29ed8cb6e6167d2c9779139f811ec2de6bc70281cea4e84cbf1546")
RS1_4_HOST = {"scalar": "e567831b2e59306d238635ffb2a3da0af1109eb112d094f5d7aea56a01986205",
              "nonce": "b4805cc78dd9ff73896dc7f18034110a", "now": 1790000000}
RS1_4_VIEWER = {
    "sidT": "bf2a783559bb112f2a31aa2723f7bab2",
    "scalar": "ec0aed163a9d2bed9ca135501bc7158640af4fff1dcc489b6fa3ffb7114f0901",
    "nonce": "bce4c6725ce82f9ec85825c23ec77580",
    "signature": "6c786db321c920b803a63fe86050592f7ae51ecf4eb9903081cefb78f2f28f35"
                 "f2a69355e27ce3df6a7ac84a8d169fa11f0ebdc3276550dc7cb76cc82ab9c25c",
}
RS1_4 = {
    "msg1": "010110bf2a783559bb112f2a31aa2723f7bab2205289959f208f656d53e6348267a302487504bdf4b265a7cfc3339cd89014b269990205"
            "525331205401010200012005db55bc5f1f85b8f34088aa3a0bc4e94084cc8e518ab46743b11bf0b0cd8e34dc0108525331206365727401"
            "0120b1bb39a1e90454703c7d321ca890a0517ddb272f0fdbf37ab125354f379461db1050cd8b6736a0e32981d3015f104bd8e205506574"
            "657241044da5e73dbe8720cd855d527888a57f0435c783a87a10f2b8287cbc362ace0ef01601a75cab865f6aa6dd680d404c84f2028724"
            "8736d1973338af0d93be0562f608000000006ab12d7008000000006ab1e4400400000fff553f36126007615dd51c2b420ff418ea30f372"
            "253a2bb53e9bcbba4c89dbc74769af6bb9134a8a5a96dce1c6af9bef5af358fe4dc5ffb12058af4da8ab47c3730400000007097765622f"
            "312e302e30",
    "msg2": "01022043eb51f06a3205da8cb23161c3a3013d1765e3a135d7de6e84fcfd18ebb953016f0552533120430101020001010102000110b480"
            "5cc78dd9ff73896dc7f18034110a087465726d732d6e6c07323032362d30312072ab4e40f64222488f80c3d14eb90fddfa2a95f9a09692"
            "0ffd06702abb179a1f08000000006ab13b0804000003ff0d6170702f312e302e302077696e",
    "msg3": "01032050606e05da63a9dccf08c1db79da349a6ec5f2fd572ae5b239b4bbedee3bcf21620ade247d2681eac6145ca6c611eeca5e4c1827"
            "447f05c46ea051a2b3772ada36c4758ae2522365bb438101a630d9ac510679054205d714935bc98038bfcdeb7994efc84ed7b8ba8b1331"
            "f5a35742c97c1989999581ccd5f36156220111c676b20bda",
    "msg4": "0104204545d55291959c4ab87801685f0751fdf9c6cc1be29578b0ce62b9d965d3382f20635cdf839ce2cb3b5f57c325c284a06acab49c"
            "abdd9711883faa018f5b432001",
    "master": "474f3cae319686a32969a3a9d02451c691a063f528c3aae13673ede1e82c3cd4",
    "sessionId": "97a48afd24823335e5238ab5a89af132",
    "checkNumber": "7195",
}
RS1_4_NAMES = {"machineName": "PC-JAN", "userName": "jan"}


def same(what, got, wanted):
    if isinstance(got, bytes):
        got = got.hex()
    if got != wanted:
        raise SystemExit(f"{what}: got {got}, published is {wanted}")


def check():
    check_primitives()
    check_cpace()
    check_rs1_1()
    check_rs1_2_and_3()
    check_rs1_4()


def check_primitives():
    b = bytes.fromhex
    for scalar, u, result in X25519_SINGLE:
        same("X25519", curve25519.x25519(b(scalar), b(u)), result)
    k = u = curve25519.BASE
    for i in range(1, X25519_ITERATED[-1][0] + 1):
        k, u = curve25519.x25519(k, u), k
        for count, result in X25519_ITERATED:
            if i == count:
                same(f"X25519 iterated {i}", k, result)
    for (private, public), other in ((ALICE, BOB), (BOB, ALICE)):
        same("X25519 public", curve25519.x25519(b(private), curve25519.BASE), public)
        same("X25519 shared", curve25519.x25519(b(private), b(other[1])), ALICE_AND_BOB)
    for name, u, result in LOW_ORDER:
        same(name, curve25519.x25519(b(LOW_ORDER_SCALAR), b(u)), result)
    for r, u in ELLIGATOR:
        same("Elligator", "%064x" % curve25519.map_to_curve(int(r, 16)), u)
    for ikm, salt, info, length, prk, okm in HKDF:
        same("HKDF extract", extract(b(salt), b(ikm)), prk)
        same("HKDF expand", expand(b(prk), b(info), length), okm)
    for key, data, mac in HMAC:
        same("HMAC", hmac(b(key), data)[:len(mac) // 2], mac)
    point = p256.public_point(ECDSA_KEY)
    for message, signature in ECDSA:
        same("ECDSA", p256.sign(ECDSA_KEY, message), signature)
        same("ECDSA verify", p256.verify(point, message, b(signature)), True)


def check_cpace():
    b, c = bytes.fromhex, CPACE
    prs, ci, sid = b(c["prs"]), b(c["ci"]), b(c["sid"])
    same("CPace string", handshake.generator_string(prs, ci, sid), CPACE_STRING_START)
    hash32, g = handshake.generator(prs, ci, sid)
    same("CPace hash", hash32, c["hash"])
    same("CPace generator", g, c["generator"])
    same("CPace Ya", curve25519.x25519(b(c["scalarA"]), g), c["shareA"])
    same("CPace Yb", curve25519.x25519(b(c["scalarB"]), g), c["shareB"])
    same("CPace K", curve25519.x25519(b(c["scalarA"]), b(c["shareB"])), c["k"])
    same("CPace K", curve25519.x25519(b(c["scalarB"]), b(c["shareA"])), c["k"])
    same("CPace ISK", handshake.cpace_isk(sid, b(c["k"]), b(c["shareA"]), b(c["adA"]), b(c["shareB"]), b(c["adB"])),
         c["isk"])
    for item, encoded in PREPEND:
        same("prepend_len", lv(b(item)), encoded)
    same("lv_cat", lv(*LV_CAT[0]), LV_CAT[1])
    for parts, encoded in TRANSCRIPTS:
        same("transcript_ir", handshake.transcript(*parts), encoded)


def rs1_1_schedule():
    """Vector 1 through the schedule alone: placeholders would not pass the checks of a side."""
    b, i = bytes.fromhex, RS1_1_INPUTS
    s = handshake.Schedule(i["secret"].encode(), i["version"], i["suite"], b(i["organizationKeyHash"]), i["origin"],
                           i["nameplate"], b(i["sidC"] + i["sidT"]))
    v = s.values
    share_t = curve25519.x25519(b(i["scalarT"]), v["generator"])
    share_c = curve25519.x25519(b(i["scalarC"]), v["generator"])
    v["msg1"] = lv(u8(1), b(i["sidT"]), share_t, b(i["adT"]))
    v["msg2"] = lv(u8(2), share_c, b(i["adC"]))
    s.agree(curve25519.x25519(b(i["scalarT"]), share_c), share_t, b(i["adT"]), share_c, b(i["adC"]), v["msg1"], v["msg2"])
    box = handshake.seal(v["hsKeyT"], v["hsIvT"], v["tagT"], lv(b(i["nonceT"]), b(i["signature"])))
    v["msg3"] = lv(u8(3), v["tagT"], box)
    s.proved(v["msg3"])
    content = lv(u32(i["granted"]), i["machineName"].encode(), i["userName"].encode())
    v["msg4"] = lv(u8(4), v["tagC"], handshake.seal(v["hsKeyC"], v["hsIvC"], v["tagC"], content))
    s.finish(v["msg4"], b(i["nonceT"]), b(i["nonceC"]))
    return v


def check_rs1_1():
    values = rs1_1_schedule()
    for name, wanted in RS1_1.items():
        same("RS1 vector 1 " + name, values[name], wanted)


def check_rs1_2_and_3():
    for direction, secret in (("T>C", RS1_1["trafficTC"]), ("C>T", RS1_1["trafficCT"])):
        sender = records.Sender(records.PUBLISHED_CHANNELS, direction, bytes.fromhex(secret))
        receiver = records.Receiver(records.PUBLISHED_CHANNELS, direction, bytes.fromhex(secret))
        for way, epoch, sequence, channel, payload, record in RS1_2:
            if way == direction:
                same("epoch", (sender.epoch, sender.sequence), (epoch, sequence))
                same("RS1 vector 2", sender.seal(channel, bytes.fromhex(payload)), record)
                got = receiver.open(bytes.fromhex(record))
                same("RS1 vector 2 opened", got, None if payload == "01" else (channel, bytes.fromhex(payload)))
    viewer = resume.Viewer.from_inputs(RS1_3_INPUTS)
    host = resume.Host.from_inputs(RS1_3_INPUTS)
    r1 = viewer.start()
    r2, host_values = host.answer(r1)
    viewer_values = viewer.finish(r2)
    same("R1", r1, RS1_3["r1"])
    same("R2", r2, RS1_3["r2"])
    for name in ("thr", "ecdh", "master", "trafficTC", "trafficCT", "resume"):
        same("RS1 vector 3 " + name, host_values[name], RS1_3[name])
        same("RS1 vector 3 " + name, viewer_values[name], RS1_3[name])
    sender = records.Sender(records.PUBLISHED_CHANNELS, "T>C", host_values["trafficTC"])
    same("RESUMED", sender.seal(0, b"\x03"), RS1_3_RESUMED)


def rs1_4_sides():
    """The two sides of vector 4, with what its messages carry taken from the messages."""
    _, _, _, ad_t = items(bytes.fromhex(RS1_4["msg1"]), 4)
    _, _, ad_c = items(bytes.fromhex(RS1_4["msg2"]), 3)
    t, c = items(ad_t, 7), items(ad_c, 12)
    host = RS1_4_INPUTS | RS1_4_HOST | RS1_4_NAMES | {
        "organizationKeys": [RS1_4_ORGANIZATION_KEY], "deniedTechnicians": [], "termsId": c[6].decode(),
        "termsVersion": c[7].decode(), "termsHash": c[8].hex(), "acceptanceTime": int.from_bytes(c[9], "big"),
        "ceiling": int.from_bytes(c[10], "big"), "application": c[11].decode(), "granted": 0, "brokenOffRuns": 0}
    viewer = RS1_4_INPUTS | RS1_4_VIEWER | {
        "certificate": t[4].hex(), "requested": int.from_bytes(t[5], "big"), "client": t[6].decode(), "secondRun": False}
    return host, viewer


def check_rs1_4():
    host_inputs, viewer_inputs = rs1_4_sides()
    host, viewer = handshake.Host(host_inputs), handshake.Viewer(viewer_inputs)
    msg1 = viewer.start()
    msg2, _ = host.step("message", msg1)
    msg3, _ = viewer.step("message", msg2)
    msg4, _ = host.step("message", msg3)
    viewer.step("message", msg4)
    for name, got in (("msg1", msg1), ("msg2", msg2), ("msg3", msg3), ("msg4", msg4)):
        same("RS1 vector 4 " + name, got, RS1_4[name])
    for side in (host, viewer):
        for name in ("master", "sessionId", "checkNumber"):
            same("RS1 vector 4 " + name, side.schedule.values[name], RS1_4[name])
