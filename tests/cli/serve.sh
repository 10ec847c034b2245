# ihala serve: what it does not start with, that it says where it listens, and that it ends when it is asked to.
. tests/cli/prelude.inc
served() { # WORDS...: that does not start
	say --registry "$T/MA" --lang en serve "$@" | sed -E 's/:[0-9]{2,5}\b/:PORT/g'
}
served
quietly MA init --committee MA --training
for address in nowhere 127.0.0.1 127.0.0.1:http 127.0.0.1:99999 example.org:80; do
	served --listen $address
done
# others could listen to what is said there
served --listen 0.0.0.0:0
served --listen 0.0.0.0:0 --behind-proxy office.example
served --listen 0.0.0.0:0 --behind-proxy https://office.example/screens
served --listen 127.0.0.1:0 --behind-proxy ftp://office.example
served --listen 127.0.0.1:0 --certificate "$T/nothing.pem"
echo "no certificate" > "$T/wrong.pem"
served --listen 127.0.0.1:0 --certificate "$T/wrong.pem"
# the program that browsers talk to was not installed
mkdir "$T/alone"
cp "$PROGRAM" "$T/alone/ihala"
IHALA_DATA=. "$T/alone/ihala" --registry "$T/MA" --lang en serve --listen 127.0.0.1:0 2>&1 | mask
# it listens, takes the place, and ends with 0
begun() { # WORDS...
	: > "$T/address"
	$IHALA --registry "$T/MA" --lang en serve --listen 127.0.0.1:0 "$@" > "$T/address" 2> "$T/noted" &
	server=$!
	while [ ! -s "$T/address" ] && kill -0 $server; do sleep 0.1; done
	sed -E 's/:[0-9]+\//:PORT\//' "$T/address"
}
ended() { # SIGNAL
	kill -$1 $server
	wait $server
	echo "status $?"
	sed -E 's/:[0-9]+\//:PORT\//' "$T/noted" | mask
}
begun
served --listen "$(sed 's|http://||; s|/||' "$T/address")"
ended TERM
begun --behind-proxy https://office.example
ended INT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost \
    -keyout "$T/key.pem" -out "$T/certificate.pem" -days 2 2> /dev/null
cat "$T/certificate.pem" "$T/key.pem" > "$T/both.pem"
begun --certificate "$T/both.pem"
ended TERM
served --listen 127.0.0.1:0 --certificate "$T/certificate.pem"
