// An office for the tests of screens: a training registry with an account for
// each role and a case, a server in front of it, and a browser that is a few
// lines, so that nothing a browser would refuse to send is left untried.
//
//	import { Office } from './office.mjs'
//	const office = await Office.open()
//	const anna = await office.enter('screener')
//	const page = await anna.get('/interview')
//	await office.close()
import { execFileSync, spawn } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync, readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const program = process.env.PROGRAM || 'build/ihala'
export const roles = ['screener', 'case-worker', 'supervisor', 'committee',
	'data-protection-officer', 'auditor', 'administrator', 'analyst']
export const passphrase = 'an invented passphrase'
// Of people who are not there; what is typed about them must show nowhere.
export const person = 'Personne Exemple Quarante'

// One answer of the server.
export class Answer {
	constructor(status, headers, body) {
		Object.assign(this, { status, headers, body, text: body.toString('utf8') })
	}
	field(name) {
		const found = this.text.match(new RegExp(`name="${name}" value="([^"]*)"`))
		return found ? found[1] : ''
	}
	get location() {
		return this.headers.location || ''
	}
}

export class Browser {
	constructor(address) {
		this.address = address
		this.cookies = {}
		this.agent = new (address.startsWith('https') ? https : http).Agent({ keepAlive: true, maxSockets: 1 })
	}
	ask(method, path, headers = {}, body = null) {
		const cookie = Object.entries(this.cookies).map(([name, value]) => `${name}=${value}`).join('; ')
		return new Promise((tell, fail) => {
			const client = this.address.startsWith('https') ? https : http
			const request = client.request(new URL(path, this.address), {
				method, agent: this.agent, rejectUnauthorized: false,
				headers: { ...cookie ? { Cookie: cookie } : {}, ...headers },
			}, (answer) => {
				const pieces = []
				answer.on('data', (piece) => pieces.push(piece))
				answer.on('end', () => {
					for (const line of answer.headers['set-cookie'] || []) {
						const [name, value] = line.split(';')[0].split('=')
						if (value) this.cookies[name] = value
						else delete this.cookies[name]
					}
					tell(new Answer(answer.statusCode, answer.headers, Buffer.concat(pieces)))
				})
			})
			request.on('error', fail)
			if (body !== null) request.write(body)
			request.end()
		})
	}
	get(path, headers) {
		return this.ask('GET', path, headers)
	}
	// FIELDS: an object, or pairs.
	post(path, fields = {}, headers = {}) {
		const body = new URLSearchParams(fields).toString()
		return this.ask('POST', path, {
			Origin: this.address.replace(/\/$/, ''),
			'Content-Type': 'application/x-www-form-urlencoded',
			'Content-Length': Buffer.byteLength(body), ...headers,
		}, body)
	}
	logIn(user, word = passphrase) {
		return this.post('/login', { user, passphrase: word })
	}
	// A form of the page that was shown last, as it would be sent.
	async send(path, fields, page) {
		return this.post(path, [...Object.entries({ token: page.field('token'), once: page.field('once') }),
			...Array.isArray(fields) ? fields : Object.entries(fields)])
	}
	done() {
		this.agent.destroy()
	}
}

export class Office {
	static async open(options = {}) {
		const office = new Office()
		office.env = { ...process.env, ...options.env }
		office.folder = mkdtempSync(join(tmpdir(), 'ihala-web-'))
		office.committee = options.committee || 'MA'
		writeFileSync(join(office.folder, 'pass'), `${passphrase}\n`)
		office.as(null, 'init', '--committee', office.committee, '--training')
		for (const role of options.roles || roles) office.account(role, role)
		if (options.cases !== false)
			office.code = office.opened(['case-worker', 'supervisor', 'committee'].filter((role) => (options.roles || roles).includes(role)))
		await office.serve(options.serve)
		return office
	}
	// What `ihala` says to USER; the first account where that is null.
	as(user, ...words) {
		return execFileSync(program, ['--registry', join(this.folder, 'registry'),
			'--passphrase-file', join(this.folder, 'pass'), '--lang', 'en',
			...user ? ['--user', user] : [], ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: this.env })
	}
	// Nobody lets in whom they registered: one registers, the other lets in.
	account(name, role) {
		const pass = join(this.folder, 'pass')
		this.first = 'office'
		if (!this.registrar) {
			this.registrar = 'administrator'
			this.as(this.first, 'user', 'register', this.registrar, '--role', 'administrator', '--new-passphrase-file', pass)
			this.as(this.first, 'user', 'admit', this.registrar)
		}
		if (name === this.registrar) return
		this.as(this.registrar, 'user', 'register', name, '--role', role, '--new-passphrase-file', pass)
		this.as(this.first, 'user', 'admit', name)
	}
	// A case of an invented person, given to USERS.
	opened(users) {
		const file = join(this.folder, 'answers.xml')
		writeFileSync(file, readFileSync('xml/example/01-indicated-fr.xml', 'utf8')
			.replace(/(<answers[^>]* id=")[0-9a-f]{4}/, `$1${(this.cases = (this.cases || 0) + 1).toString(16).padStart(4, '0')}`)
			.replace(/committee="[A-Z]*"/, `committee="${this.committee}"`))
		const code = this.as(this.first, 'case', 'open', file).trim()
		for (const user of users) this.as(this.first, 'case', 'assign', code, user)
		return code
	}
	// The key of an officer who signs beside the office.
	officer(name, passphrase) {
		const key = join(this.folder, `${name}.pem`), pass = join(this.folder, `${name}.pass`)
		writeFileSync(pass, `${passphrase}\n`)
		this.as(this.first, 'keys', 'make', '--as', 'p256', '-o', key, '--new-passphrase-file', pass)
		this.as(this.first, 'keys', 'add', key, '--fingerprint', new X509Certificate(readFileSync(key)).fingerprint256)
		return { key, passphrase }
	}
	// The list of OTHER is believed: one looks at it, another confirms.
	believes(other) {
		const list = join(this.folder, `${other.committee}.trust`)
		other.as(other.first, 'keys', 'export', '-o', list)
		const [, fingerprint] = other.as(other.first, 'keys', 'show', '--format', 'xml').match(/use="list"[^>]*fingerprint="([^"]*)"/)
		this.as(this.first, 'trust', 'add', list, '--fingerprint', fingerprint)
		this.as('committee', 'trust', 'confirm', other.committee, '--fingerprint', fingerprint)
	}
	serve(words = []) {
		this.server = spawn(program, ['--registry', join(this.folder, 'registry'), '--lang', 'en', 'serve',
			'--listen', '127.0.0.1:0', ...words], { stdio: ['ignore', 'pipe', 'pipe'], env: this.env })
		this.log = ''
		this.server.stderr.on('data', (bytes) => { this.log += bytes })
		this.ended = new Promise((tell) => this.server.on('exit', (status) => tell(status)))
		if (!this.left) process.on('exit', this.left = () => this.leave())
		return new Promise((tell, fail) => {
			let said = ''
			this.server.stdout.on('data', (bytes) => {
				said += bytes
				if (said.includes('\n')) tell(this.address = said.trim())
			})
			this.server.on('exit', () => fail(new Error(`ihala serve: ${this.log}`)))
		})
	}
	browser() {
		return new Browser(this.address)
	}
	async enter(user) {
		const browser = this.browser()
		const answer = await browser.logIn(user)
		if (answer.status !== 303) throw new Error(`${user} is not let in: ${answer.status}`)
		return browser
	}
	// Ids of the processes: server, desks, painters.
	processes() {
		const children = (id) => {
			try {
				return readFileSync(`/proc/${id}/task/${id}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
			} catch { return [] }
		}
		const all = (id) => [id, ...children(id).flatMap(all)]
		return all(this.server.pid)
	}
	// The desk that was started last, by its clock: numbers of processes begin again.
	lastDesk() {
		const read = (id, file) => readFileSync(`/proc/${id}/${file}`, 'utf8')
		const started = (id) => Number(read(id, 'stat').split(') ').pop().split(' ')[19])
		return this.processes().slice(1).filter((id) => read(id, `task/${id}/children`).trim() !== '')
			.sort((a, b) => started(a) - started(b)).pop()
	}
	// Whatever becomes of the test.
	leave() {
		this.server.kill('SIGTERM')
		rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
	}
	async close() {
		this.server.kill('SIGTERM')
		const status = await this.ended
		process.off('exit', this.left)
		rmSync(this.folder, { recursive: true })
		return status
	}
}

// A test is a sentence; what is wrong is said, and counted.
let wrong = 0, right = 0
export function holds(sentence, is, what = '') {
	if (is) right++
	else { wrong++; console.log(`not so: ${sentence}${what !== '' ? `: ${what}` : ''}`) }
	return is
}
export function finish(name) {
	console.log(`${name}: ${right} held, ${wrong} not`)
	process.exit(wrong === 0 && right > 0 ? 0 : 1)
}
