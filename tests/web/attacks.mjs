// What a browser would not send, or a person should not: each is refused with
// a page, and nothing is lost, done twice, or told.
//
//	PROGRAM=build/ihala node tests/web/attacks.mjs
import { execFileSync } from 'node:child_process'
import { openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import { join } from 'node:path'
import { Browser, Office, finish, holds, passphrase } from './office.mjs'

const office = await Office.open({ roles: ['administrator', 'screener', 'supervisor', 'analyst', 'auditor'], cases: false })
const { hostname, port, host } = new URL(office.address)
const origin = `http://${host}`
const wait = (ms) => new Promise((done) => setTimeout(done, ms))

// Bytes as they are; what comes back until the other side closes, or is silent.
function raw(bytes, patience = 1500) {
	return new Promise((tell) => {
		const socket = net.connect(port, hostname)
		let said = '', closed = false
		const end = () => { socket.destroy(); tell({ said, closed, answers: said.split(/^HTTP\/1\.1 (?!100)/m).length - 1 }) }
		socket.on('data', (piece) => { said += piece.toString('latin1') })
		socket.on('close', () => { closed = true; end() })
		socket.on('error', () => {})
		socket.setTimeout(patience, end)
		socket.write(bytes)
	})
}
const status = (answer) => Number((answer.said.match(/^HTTP\/1\.1 (\d+)/m) || [0, 0])[1])
const heading = (first, ...lines) => [first, ...lines, '', ''].join('\r\n')
const form = 'Content-Type: application/x-www-form-urlencoded'

// ---- requests that two readers could take apart differently
const inner = `GET /style.css HTTP/1.1\r\nHost: ${host}\r\n\r\n`
const bad = {
	'two lengths': [`POST /login HTTP/1.1`, `Host: ${host}`, `Origin: ${origin}`, form, 'Content-Length: 5', 'Content-Length: 60'],
	'a length and chunks': [`POST /login HTTP/1.1`, `Host: ${host}`, `Origin: ${origin}`, form, 'Content-Length: 5', 'Transfer-Encoding: chunked'],
	'a name that is half another': [`POST /login HTTP/1.1`, `Host: ${host}`, `Origin: ${origin}`, form, 'Content-Length : 5'],
	'no name': ['GET /login HTTP/1.1'],
	'two names': ['GET /login HTTP/1.1', `Host: ${host}`, `Host: evil.example`],
	'a body with a GET': ['GET /login HTTP/1.1', `Host: ${host}`, 'Content-Length: 5'],
	'a path that climbs': ['GET /../etc/passwd HTTP/1.1', `Host: ${host}`],
	'a path that climbs in disguise': ['GET /%2e%2e/etc/passwd HTTP/1.1', `Host: ${host}`],
	'a zero in a path': ['GET /case/%00 HTTP/1.1', `Host: ${host}`],
	'a line end in a path': ['GET /case/%0d%0aSet-Cookie:x=y HTTP/1.1', `Host: ${host}`],
	'another site in the path': ['GET //evil.example/ HTTP/1.1', `Host: ${host}`],
}
for (const [what, lines] of Object.entries(bad)) {
	const answer = await raw(heading(...lines) + inner)
	holds(`${what} is refused`, status(answer) >= 400 && status(answer) < 500, answer.said.slice(0, 60))
	if (lines[0].startsWith('POST') || what.startsWith('a body'))
		holds(`what stands behind ${what} is not read as a request`, answer.answers <= 1 && answer.closed, answer.answers)
}
{
	const body = 'user=anna&passphrase=x'
	const answer = await raw(heading('POST /login HTTP/1.1', `Host: ${host}`, 'Origin: http://evil.example', form,
		`Content-Length: ${body.length + inner.length}`) + body + inner)
	holds('the body of a refused form is no request', status(answer) === 403 && answer.answers === 1, answer.said)
	const both = await raw(inner + inner)
	holds('two requests at once are answered both', both.answers === 2, both.answers)
	const head = await raw(heading('HEAD /login HTTP/1.1', `Host: ${host}`, 'Connection: close'))
	holds('HEAD has a heading and no body', status(head) === 200 && head.said.endsWith('\r\n\r\n') && /Content-Length: [1-9]/.test(head.said))
	const expecting = await raw(heading('POST /login HTTP/1.1', `Host: ${host}`, 'Origin: http://evil.example', form,
		'Content-Length: 60', 'Expect: 100-continue'))
	holds('who is refused is not asked to go on', status(expecting) === 403 && !expecting.said.includes(' 100 '))
	const garbage = await raw('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n')
	holds('what is no HTTP gets nothing', garbage.closed && !garbage.said.includes(' 200 '))
	const large = await raw(heading('GET /login HTTP/1.1', `Host: ${host}`, `X: ${'x'.repeat(40000)}`))
	holds('a heading has its size', status(large) === 431 || status(large) === 413 || large.closed, status(large))
	const many = await raw(heading('GET /login HTTP/1.1', `Host: ${host}`, ...Array.from({ length: 2000 }, (_, i) => `X-${i}: y`)))
	holds('and its number of lines', many.closed && status(many) !== 200, status(many))
}

// ---- names, methods, sites, kinds and sizes of forms
const nobody = office.browser()
const refused = async (sentence, expected, answer) => {
	answer = await answer
	holds(sentence, answer.status === expected, `${answer.status}, not ${expected}`)
	holds(`${sentence}, with a page`, answer.text.includes('<h1>') && answer.headers['content-type'].startsWith('text/html'))
	return answer
}
await refused('another name is not ours', 421, nobody.get('/login', { Host: 'rebound.example' }))
await refused('there is no such method', 405, nobody.ask('PUT', '/login'))
await refused('a form of another site is not taken', 403, nobody.post('/login', {}, { Origin: 'https://evil.example' }))
await refused('nor of a page without an origin', 403, nobody.post('/login', {}, { Origin: 'null' }))
await refused('nor of another port', 403, nobody.post('/login', {}, { Origin: `http://${hostname}:1` }))
await refused('nor what calls itself of another site', 403, nobody.post('/login', {}, { 'Sec-Fetch-Site': 'cross-site' }))
await refused('no other page frames ours', 403, nobody.get('/login', { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Dest': 'iframe', 'Sec-Fetch-Mode': 'navigate' }))
await refused('a form is not JSON', 415, nobody.post('/login', {}, { 'Content-Type': 'application/json' }))
await refused('a form has 64 KiB', 413, nobody.post('/login', { user: 'x'.repeat(70000) }))
const file = (size) => {
	const head = '--q\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
	return Buffer.concat([Buffer.from(head), Buffer.alloc(size, 97), Buffer.from('\r\n--q--\r\n')])
}
const upload = (browser, path, size) => browser.ask('POST', path, {
	Origin: origin, 'Content-Type': 'multipart/form-data; boundary=q', 'Content-Length': file(size).length }, file(size))
await refused('a file is taken from who is logged in', 401, upload(nobody, '/case', 100000).catch(() => nobody.get('/nothing')))
const arabic = await refused('a refusal is in the language of the person', 421, nobody.get('/login', { Host: 'rebound.example', 'Accept-Language': 'ar-EG,en;q=0.5' }))
holds('right to left where that is Arabic', /<html lang="ar" dir="rtl"/.test(arabic.text))
nobody.done()

// ---- sessions
const anna = await office.enter('screener')
let page = await anna.get('/interview')
holds('a screener sees interviews', page.status === 200)
const begin = { instrument: 'adult', channel: 'ngo', language: 'fr' }
const drafts = () => Number(office.as('screener', 'interview', 'list', '--format', 'json').split('"code"').length - 1)
holds('a session is a cookie that no script reads', /HttpOnly/.test((await office.browser().logIn('screener')).headers['set-cookie'][0]))
for (const [what, fields] of Object.entries({
	'no token': { once: page.field('once'), ...begin },
	'a token that is another': { token: page.field('token').replace(/^./, (c) => c === 'A' ? 'B' : 'A'), once: page.field('once'), ...begin },
	'an empty token': { token: '', once: page.field('once'), ...begin },
})) await refused(`a form with ${what} is not taken`, 403, anna.post('/interview', fields))
{
	const other = await office.enter('supervisor')
	await refused('a token is of one session', 403, other.post('/interview', { token: page.field('token'), once: page.field('once'), ...begin }))
	const twice = await anna.get('/interview', { Cookie: `session=${anna.cookies.session}; session=${other.cookies.session}` })
	holds('two sessions at once are none', twice.status === 303 && twice.location === '/login', twice.status)
	other.done()
}
const forged = office.browser()
forged.cookies.session = 'A'.repeat(43)
await refused('a session that is made up is over', 401, forged.get('/interview'))
forged.cookies.session = 'short'
holds('and one that cannot be is none', (await forged.get('/interview')).location === '/login')
forged.done()
holds('nothing was done so far', drafts() === 0, drafts())

// ---- once
{
	const first = await anna.send('/interview', begin, page)
	holds('an interview begins', first.status === 303, `${first.status} ${first.text.replace(/<[^>]*>/g, ' ').slice(0, 400)}`)
	const again = await anna.send('/interview', begin, page)
	holds('a form sent again leads where it led', again.status === 303 && again.location === first.location, again.location)
	holds('and does nothing twice', drafts() === 1, drafts())
	page = await anna.get('/interview')
	const crowd = Array.from({ length: 8 }, () => {
		const one = office.browser()
		one.cookies = { ...anna.cookies }
		return one
	})
	const led = await Promise.all(crowd.map((one) => one.send('/interview', begin, page)))
	holds('nor where it is sent eight times at once', new Set(led.map((one) => one.location)).size === 1 && drafts() === 2, drafts())
	crowd.forEach((one) => one.done())
	await refused('a form without its number is not taken', 422, anna.post('/interview', { token: page.field('token'), ...begin }))
	page = await anna.get('/interview')
	const pages = await Promise.all(Array.from({ length: 40 }, () => anna.get('/interview')))
	holds('many requests of one session are all answered', pages.every((one) => one.status === 200))
}

// ---- the page that an answer leads to, made with it
{
	// but for the number of its forms
	const bare = (answer) => answer.text.replaceAll(answer.field('once'), '')
	const led = await anna.send('/interview', { instrument: 'adult', channel: 'ngo', language: 'fr' }, await anna.get('/interview'))
	const save = async () => {
		const page = await anna.get(led.location)
		const [, path] = page.text.match(/<form method="post" class="question" action="([^"]*)"/)
		const done = await anna.send(path, { state: 'unknown' }, page)
		holds('an answer leads on', done.status === 303, done.status)
		return done.location
	}
	const numbers = new Set()
	let next = await save(), at = await anna.get(next), anew = await anna.get(next)
	for (const one of [at, anew]) numbers.add(one.field('once'))
	holds('the page an answer leads to is the page that is there', at.status === 200 && bare(at) === bare(anew))
	holds('it is for one request: the next is made anew', numbers.size === 2)
	next = await save()
	const french = await anna.get(next, { Cookie: `session=${anna.cookies.session}; language=fr` })
	holds('who asks in another language has it in that', /<html lang="fr"/.test(french.text), french.status)
	next = await save()
	const other = await office.enter('analyst'), none = office.browser()
	holds('nobody else has it', (await other.get(next)).status === 403 && (await none.get(next)).location === '/login')
	other.done()
	none.done()
	next = await save()
	await anna.post('/leave')
	holds('it ends with the session', (await anna.get(next)).status === 401)
	await anna.logIn('screener')
}

// ---- headings
for (const [path, kept] of [['/login', 'no-store'], ['/interview', 'no-store'], ['/nothing', 'no-store'], ['/style.css', 'max-age']]) {
	const { headers } = await anna.get(path)
	holds(`${path}: what may be kept is said`, headers['cache-control'].includes(kept), headers['cache-control'])
	const policy = headers['content-security-policy'] || ''
	holds(`${path}: nothing from elsewhere`, ["default-src 'none'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"].every((one) => policy.includes(one)) && !/unsafe|\*|http/.test(policy), policy)
	holds(`${path}: the other headings`, headers['x-content-type-options'] === 'nosniff' && headers['cross-origin-opener-policy'] === 'same-origin' &&
		headers['cross-origin-resource-policy'] === 'same-origin' && headers['referrer-policy'] === 'same-origin' && !headers.server && !headers['access-control-allow-origin'])
}

// ---- ends
{
	const before = office.processes().length
	const berta = await office.enter('supervisor')
	holds('a session is two processes', office.processes().length === before + 2, office.processes().length - before)
	const cookies = { ...berta.cookies }
	const left = await berta.post('/leave')
	holds('leaving leaves a page that says nothing', left.status === 200 && !/ihala|session|case/i.test(left.text.replace(/<link[^>]*>/, '')), left.text)
	holds('and tells the browser to forget', (left.headers['clear-site-data'] || '').includes('"cookies"'))
	berta.cookies = cookies
	await refused('who left is out', 401, berta.get('/work'))
	await wait(300)
	holds('and the keys are gone', office.processes().length === before, office.processes().length - before)
	berta.done()
	const again = await office.enter('supervisor')
	const out = await again.post('/logout')
	holds('logging out leads to the log-in, and takes the cookie', out.location === '/login' && !again.cookies.session)
	again.done()
}
{
	// the last desk and its painter are killed
	const carla = await office.enter('supervisor')
	const desk = office.lastDesk()
	const painter = Number(readFileSync(`/proc/${desk}/task/${desk}/children`, 'utf8'))
	process.kill(painter, 'SIGKILL')
	const without = await carla.get('/work')
	holds('a painter that died is not started again beside keys', without.status === 500 || without.status === 401, without.status)
	await refused('its session is over', 401, carla.get('/work'))
	const dora = await office.enter('supervisor')
	process.kill(office.lastDesk(), 'SIGKILL')
	await refused('a desk that died ends its session', 401, dora.get('/work'))
	holds('and no other', (await anna.get('/interview')).status === 200)
	carla.done()
	dora.done()
}
{
	for (let i = 0; i < 3; i++)
		await refused('a wrong passphrase is refused', 403, office.browser().logIn('analyst', 'a wrong passphrase'))
	const told = await refused('after three an account waits', 429, office.browser().logIn('analyst'))
	holds('and nobody else', (await office.enter('supervisor')).cookies.session !== undefined)
	holds('what is typed is not shown again', !told.text.includes(passphrase) && !told.text.includes('value="analyst"'))
	const unknown = await office.browser().logIn('nobody-there'), wrong = await office.browser().logIn('auditor', 'a wrong passphrase')
	holds('who is not there is told what a wrong passphrase is told', unknown.status === wrong.status && unknown.text === wrong.text)
	const sessions = []
	for (let i = 0; i < 10; i++) sessions.push(await office.enter('auditor'))
	const alive = await Promise.all(sessions.map(async (one) => (await one.get('/account')).status === 200))
	holds('an account has eight sessions', alive.filter(Boolean).length === 8, alive)
	sessions.forEach((one) => one.done())
	const eve = await office.enter('auditor')
	office.as('administrator', 'user', 'revoke', 'auditor')
	await refused('who was let go is out at the next request', 401, eve.get('/account'))
	eve.done()
	const on = await anna.get('/interview')
	holds('and nobody else', on.status === 200, on.status)
}

// ---- the process that listens
const [server] = readFileSync(`/proc/${office.server.pid}/task/${office.server.pid}/children`, 'utf8').trim().split(' ').map(Number)
const about = readFileSync(`/proc/${server}/status`, 'utf8')
const watched = (process.env.IHALA_FEW || '') !== ''	// sanitizers and valgrind are let more
holds('the server is confined', watched || /Seccomp:\t2/.test(about), about.match(/Seccomp:.*/))
if (process.getuid() === 0 && !watched) {
	await office.enter('supervisor')
	await wait(300)
	const memory = openSync(`/proc/${server}/mem`, 'r')
	let found = ''
	for (const line of readFileSync(`/proc/${server}/maps`, 'utf8').split('\n')) {
		const range = line.match(/^([0-9a-f]+)-([0-9a-f]+) rw/)
		if (!range) continue
		const from = parseInt(range[1], 16), size = Math.min(parseInt(range[2], 16) - from, 64 << 20)
		const bytes = Buffer.alloc(size)
		try { readSync(memory, bytes, 0, size, from) } catch { continue }
		for (const one of [passphrase, passphrase.replaceAll(' ', '+')])
			if (bytes.includes(one)) found += ` ${line}`
	}
	holds('the passphrase is not in the memory of the server once it was passed on', found === '', found)
}
holds('no log holds a name or a code', !/screener|supervisor|[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/.test(office.log), office.log)
anna.done()
holds('it ends when it is asked to', await office.close() === 0)

// ---- with a certificate
{
	const other = await Office.open({ roles: ['screener'], cases: false, serve: [] })
	other.server.kill('SIGTERM')
	await other.ended
	const key = join(other.folder, 'key.pem'), certificate = join(other.folder, 'certificate.pem')
	execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost',
		'-keyout', key, '-out', certificate, '-days', '2'], { stdio: 'ignore' })
	writeFileSync(join(other.folder, 'both.pem'), Buffer.concat([readFileSync(certificate), readFileSync(key)]))
	await other.serve(['--certificate', join(other.folder, 'both.pem')])
	const browser = new Browser(other.address)
	const answer = await browser.logIn('screener')
	holds('with a certificate it speaks TLS, under its filter', other.address.startsWith('https:') && answer.status === 303, answer.status)
	holds('cookies go nowhere else', (answer.headers['set-cookie'] || []).every((line) => /^__Host-/.test(line) && /Secure/.test(line) && /HttpOnly/.test(line) && /SameSite=Strict/.test(line)))
	holds('and browsers stay with TLS', /max-age=\d{8}/.test(answer.headers['strict-transport-security'] || ''))
	holds('pages are shown', (await browser.get('/interview')).status === 200)
	const old = (version) => {
		try {
			execFileSync('openssl', ['s_client', '-connect', new URL(other.address).host, version], { input: '', stdio: ['pipe', 'ignore', 'ignore'], env: { ...process.env, OPENSSL_CONF: '/dev/null' } })
			return true
		} catch { return false }
	}
	holds('TLS 1.3 and 1.2 are spoken, 1.1 is not', old('-tls1_3') && old('-tls1_2') && !old('-tls1_1'))
	browser.done()
	await other.close()
}
finish('what a browser would not send')
