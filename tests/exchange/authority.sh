# authority.sh init KIND DAYS | answer QUERY REPLY - an authority for time stamps, by openssl ts.
set -e
case $1 in
init)
	cat > tsa.cnf <<'C'
[req]
distinguished_name = dn
prompt = no
x509_extensions = tsa_cert
[dn]
CN = Autorite Exemple
[tsa_cert]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
[other_cert]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,emailProtection
[tsa]
default_tsa = here
[here]
serial = ./serial
signer_cert = ./tsa.crt
certs = ./tsa.crt
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
ess_cert_id_chain = no
C
	echo 01 > serial
	case $2 in
	rsa*) new=rsa:${2#rsa} ;;
	*) new="ec -pkeyopt ec_paramgen_curve:$2" ;;
	esac
	openssl req -x509 -config tsa.cnf -extensions "${4:-tsa_cert}" -newkey $new -nodes \
	    -keyout tsa.key -out tsa.crt -days "$3"
	;;
answer)
	openssl ts -reply -config tsa.cnf -section here -queryfile "$2" -out "$3"
	;;
esac
