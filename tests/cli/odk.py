"""odk.py FORM SUBMISSION FOLDER [sha1]: what an ODK client makes of SUBMISSION for
the public key in FORM: FOLDER/submission.xml, the manifest, and the sealed file
beside it.  Written after the specification (ODK XForms, "Encryption"), with
openssl; sha1 is the mask that Java's provider takes."""
import base64, hashlib, os, re, subprocess, sys

form, submission, folder = sys.argv[1:4]
mask = sys.argv[4] if len(sys.argv) > 4 else "sha256"
key = base64.b64decode(re.search(r'base64RsaPublicKey="([^"]+)"', open(form).read())[1])
clear = open(submission, "rb").read()
instance = re.search(r"<[a-z:]*instanceID>([^<]+)<", clear.decode())[1]
id_, version = re.search(r'<data[^>]* id="([^"]*)" version="([^"]*)"', clear.decode()).groups()
os.makedirs(folder, exist_ok=True)

def run(*words, given):
    return subprocess.run(words, input=given, capture_output=True, check=True).stdout

open(f"{folder}/.key", "wb").write(key)
def wrap(secret):
    out = run("openssl", "pkeyutl", "-encrypt", "-pubin", "-keyform", "DER", "-inkey", f"{folder}/.key",
              "-pkeyopt", "rsa_padding_mode:oaep", "-pkeyopt", "rsa_oaep_md:sha256", "-pkeyopt", f"rsa_mgf1_md:{mask}", given=secret)
    return base64.b64encode(out).decode()

aes = hashlib.sha256(b"an invented key " + instance.encode()).digest()
nonce = bytearray(hashlib.md5(instance.encode() + aes).digest())
nonce[0] = (nonce[0] + 1) % 256
pad = 16 - len(clear) % 16
sealed = run("openssl", "enc", "-aes-256-cfb", "-K", aes.hex(), "-iv", nonce.hex(), given=clear + bytes([pad]) * pad)
wrapped = wrap(aes)
lines = f"{id_}\n{version}\n{wrapped}\n{instance}\nsubmission.xml::{hashlib.md5(clear).hexdigest()}\n"
signature = wrap(hashlib.md5(lines.encode()).digest())
os.remove(f"{folder}/.key")
open(f"{folder}/submission.xml.enc", "wb").write(sealed)
open(f"{folder}/submission.xml", "w").write(f"""<data xmlns="http://opendatakit.org/submissions" encrypted="yes" id="{id_}" version="{version}">
<base64EncryptedKey>{wrapped}</base64EncryptedKey>
<orx:meta xmlns:orx="http://openrosa.org/xforms"><orx:instanceID>{instance}</orx:instanceID></orx:meta>
<encryptedXmlFile>submission.xml.enc</encryptedXmlFile>
<base64EncryptedElementSignature>{signature}</base64EncryptedElementSignature>
</data>
""")
