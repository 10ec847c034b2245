// What the screens cost, beside what they cannot do without.
//
//	node tests/bench/web.mjs page BUILD	a cached page, beside nginx
//	node tests/bench/web.mjs save BUILD	an answer saved and the next page made
//	node tests/bench/web.mjs load MINUTES	100 screeners at once
//
// 1 where an aim is missed.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Office } from '../web/office.mjs'

const [, , what, given = 'build'] = process.argv
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1]
const wait = (ms) => new Promise((done) => setTimeout(done, ms))
let missed = 0
const tell = (line, holds = true) => {
	console.log(line)
	if (!holds) missed++
}

// ---- CPU and memory of processes
const read = (path) => { try { return readFileSync(path, 'utf8') } catch { return '' } }
// nanoseconds, of all threads
const cpu = (ids) => ids.reduce((sum, id) => {
	let tasks = []
	try { tasks = readdirSync(`/proc/${id}/task`) } catch {}
	return sum + tasks.reduce((of, task) => of + Number(read(`/proc/${id}/task/${task}/schedstat`).split(' ')[0]), 0)
}, 0)
// KiB: each shared page divided by who shares it; and what is of one process alone
const rolled = (id, of) => Number((read(`/proc/${id}/smaps_rollup`).match(new RegExp(`^${of}:\\s+(\\d+)`, 'm')) || [0, 0])[1])
const shared = (id) => rolled(id, 'Pss'), own = (id) => rolled(id, 'Private_Dirty')
// A desk's only child is its painter; the keeper, the first of all, has the server and the desks.
function memory(ids) {
	const children = (id) => read(`/proc/${id}/task/${id}/children`).trim().split(' ').filter(Boolean).map(Number)
	const desks = children(ids[0]).filter((id) => children(id).length > 0)
	const each = (of) => `${(median(of.map(shared)) / 1024).toFixed(1)} MB, ${(median(of.map(own)) / 1024).toFixed(1)} its own`
	return {
		count: ids.length, sum: ids.reduce((sum, id) => sum + shared(id), 0) / 1024,
		each: `a desk ${each(desks)}; its painter ${each(desks.flatMap(children))}`,
	}
}

// ---- an interview, as a browser has it
async function begin(browser) {
	const page = await browser.get('/interview')
	return browser.send('/interview', { instrument: 'adult', channel: 'ngo', language: 'fr' }, page)
}
// The first answer there is, or that it is not known.
function answer(page) {
	const form = page.text.match(/<form method="post" class="question" action="([^"]*)">[^]*?<\/form>/)
	if (!form) return null
	const choice = form[0].match(/name="value"[^>]*value="([^"]*)"/)
	const fields = {}
	if (choice) fields.value = choice[1]
	else fields.state = 'unknown'
	return { path: form[1], fields }
}

async function cachedPage(build) {
	const office = await Office.open({ roles: ['screener'], cases: false })
	const folder = join(office.folder, 'nginx'), port = 8461
	mkdirSync(folder)
	const browser = office.browser()
	const page = await browser.get('/login')
	writeFileSync(join(folder, 'login'), page.body)
	writeFileSync(join(folder, 'conf'), `worker_processes 1; daemon off; pid ${folder}/pid; error_log ${folder}/log;
events { worker_connections 1024; use epoll; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 10000000; default_type 'text/html; charset=utf-8';
  open_file_cache max=10; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
  uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server { listen 127.0.0.1:${port}; root ${folder}; } }`)
	const nginx = spawn('nginx', ['-p', folder, '-c', join(folder, 'conf')], { stdio: 'ignore' })
	await wait(700)
	const rate = (address) => Number(execFileSync('wrk', ['-t1', '-c32', '-d2s', address], { encoding: 'utf8' }).match(/Requests\/sec:\s+([\d.]+)/)[1])
	const ratios = [], ours = [], theirs = []
	for (let i = 0; i < 5; i++) {
		theirs.push(rate(`http://127.0.0.1:${port}/login`))
		ours.push(rate(`${office.address}login`))
		ratios.push(ours[i] / theirs[i])
	}
	const ratio = median(ratios)
	tell(`a cached page, ours over nginx: ratio ${ratio.toFixed(2)} (aim: 0.8 at least)`, ratio >= 0.8)
	tell(`${median(ours).toFixed(0)} a second, nginx ${median(theirs).toFixed(0)}; ${page.body.length} bytes, one thread each, 32 connections kept`)
	nginx.kill()
	browser.done()
	await office.close()
}

// The page of a question as a desk hands it to its painter (src/cli/desk.h).
function pageOf(office, code, html) {
	const asked = office.as('screener', 'interview', 'ask', code, '--format=xml').replace(/<\?xml[^>]*\?>/, '')
	const token = 'A'.repeat(43)
	const rights = [...execFileSync(process.env.PROGRAM || 'build/ihala', ['roles', '--format', 'xml'], { encoding: 'utf8' })
		.matchAll(/action="([^"]*)"[^>]* screener="([^"]*)"/g)].filter(([, , reach]) => reach !== 'none')
		.map(([, action, reach]) => `<may action="${action}" reach="${reach}"/>`).join('\n')
	const screens = readFileSync('xml/screen/screens.xml', 'utf8')
	const links = [...html.text.match(/<nav[^]*?<\/nav>/)[0].matchAll(/href="(\/[a-z]*)"/g)]
		.map(([, path]) => screens.match(new RegExp(`<screen id="([^"]*)" path="${path}" nav="([^"]*)"`)))
		.map(([, id, group]) => `<link screen="${id}" group="${group}" path="/${id}"/>`).join('\n')
	return `<page xmlns="urn:ihala:page:1" screen="interview" tongue="en-MA" lang="en" dir="ltr" country="MA" user="screener" training="true"
 path="/interview/${code}" token="${token}" once="${'0'.repeat(24)}">${rights}${links}<field name="code">${code}</field><end/>` +
		`<data xmlns="urn:ihala:page:1" name="ask"><printed>${asked}</printed></data></page>`
}

// One XSLT and one commit, each time it is asked (tests/bench/web.c).
class Beside {
	constructor(words, build) {
		this.child = spawn(join(build, 'tests/bench/web'), words, { stdio: ['pipe', 'pipe', 'inherit'] })
		this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]()
	}
	async once() {
		this.child.stdin.write('\n')
		const { value, done } = await this.lines.next()
		if (done) throw new Error('tests/bench/web ended')
		return value.split(' ').map(Number)
	}
	end() {
		this.child.stdin.end()
	}
}

async function saved(build) {
	const office = await Office.open({ roles: ['screener'], cases: false })
	const browser = await office.enter('screener')
	const led = await begin(browser)
	const code = led.location.split('/').pop()
	let page = await browser.get(led.location)
	let one
	for (let i = 0; i < 13; i++) {
		one = answer(page)
		page = await browser.get((await browser.send(one.path, one.fields, page)).location)
	}
	writeFileSync(join(office.folder, 'page.xml'), pageOf(office, code, page))
	// the same answer again, so that the page it leads to is the same
	const ids = office.processes()
	const beside = new Beside([join(office.folder, 'page.xml'), join(office.folder, 'bare.db')], build)
	const once = async () => {
		const again = await browser.send(one.path, one.fields, page)
		if (again.status !== 303) throw new Error(`not saved: ${again.status}`)
		page = await browser.get(again.location)
	}
	// By turns, so that each finds the caches as the other left them.
	const times = 100, rounds = []
	for (let r = -1; r < 5; r++) {
		const sum = { ours: 0, each: ids.map(() => 0), paint: 0, commit: 0 }
		for (let i = 0; i < times; i++) {
			const before = ids.map((id) => cpu([id]))
			await once()
			ids.forEach((id, at) => {
				const took = (cpu([id]) - before[at]) / 1000
				sum.each[at] += took
				sum.ours += took
			})
			const [paint, commit, size] = await beside.once()
			sum.paint += paint
			sum.commit += commit
			sum.size = size
		}
		// the first is to get warm
		if (r >= 0) rounds.push({ ratio: sum.ours / (sum.paint + sum.commit), size: sum.size,
			each: sum.each.map((one) => (one / times).toFixed(0)), ours: sum.ours / times, paint: sum.paint / times, commit: sum.commit / times })
	}
	const { ratio, each, ours, paint, commit, size } = rounds.sort((a, b) => a.ratio - b.ratio)[rounds.length >> 1]
	tell(`an answer saved and the next page made, over one XSLT and one bare commit: ratio ${ratio.toFixed(2)} (aim: 1.5 at most)`, ratio <= 1.5)
	tell(`${ours.toFixed(0)} microseconds of CPU (keeper, server, desk, painter: ${each.join(', ')}); XSLT ${paint.toFixed(0)}, commit ${commit.toFixed(0)}; ${page.body.length} bytes, ${size} beside`)
	beside.end()
	browser.done()
	await office.close()
}

// Each answers, thinks for a second or three, and goes on; who is at the end begins anew.
async function load(minutes) {
	const screeners = Array.from({ length: Number(process.env.SCREENERS || 100) }, (_, i) => `screener-${i + 1}`)
	const office = await Office.open({ roles: [], cases: false })
	for (const name of screeners) office.account(name, 'screener')
	const browsers = []
	for (const name of screeners) browsers.push(await office.enter(name))
	await wait(1000)
	const took = [], errors = [], kept = new Map()
	// once each has begun
	let atStart
	wait(minutes * 15000).then(() => { atStart = memory(office.processes()) })
	const end = Date.now() + minutes * 60000
	const work = async (browser, name) => {
		await wait(Math.random() * 2000)
		while (Date.now() < end) {
			const led = await begin(browser)
			if (led.status !== 303) { errors.push(`begin: ${led.status}`); return }
			const answered = new Set()
			kept.set(led.location.split('/').pop(), { name, answered })
			let page = await browser.get(led.location)
			for (let one; Date.now() < end && (one = answer(page));) {
				await wait(1000 + Math.random() * 2000)
				const before = performance.now()
				const done = await browser.send(one.path, one.fields, page)
				took.push(performance.now() - before)
				if (done.status !== 303) { errors.push(`${one.path}: ${done.status}`); return }
				answered.add(one.path.split('/').pop())
				page = await browser.get(done.location)
				if (page.status !== 200) { errors.push(`${done.location}: ${page.status}`); return }
			}
		}
	}
	await Promise.all(browsers.map((browser, i) => work(browser, screeners[i]).catch((wrong) => errors.push(wrong.message))))
	const atEnd = memory(office.processes())
	let answers = 0, lost = 0
	for (const [code, { name, answered }] of kept) {
		const review = office.as(name, 'interview', 'review', code, '--format', 'xml')
		for (const item of answered) {
			answers++
			if (!new RegExp(`id="${item}"|item="${item}"`).test(review)) lost++
		}
	}
	took.sort((a, b) => a - b)
	const p99 = took[Math.floor(took.length * 0.99)]
	tell(`${screeners.length} screeners at once, ${minutes} minutes: ${took.length} answers saved, ${errors.length} errors, ${lost} of ${answers} lost (aim: none)`,
		errors.length === 0 && lost === 0)
	for (const one of new Set(errors.map((error) => error.replace(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]/, 'CODE')))) tell(`  ${one}`)
	tell(`saving an answer: median ${median(took).toFixed(0)}, 99 of 100 within ${p99.toFixed(0)} milliseconds (aim: 100)`, p99 < 100)
	tell(`memory of ${atStart.count} processes ${atStart.sum.toFixed(0)} MB at the start, of ${atEnd.count} ${atEnd.sum.toFixed(0)} MB at the end`,
		atEnd.sum < atStart.sum * 1.5)
	tell(`at the start ${atStart.each}`)
	tell(`at the end ${atEnd.each}`)
	browsers.forEach((browser) => browser.done())
	await office.close()
}

await ({ page: cachedPage, save: saved, load })[what](what === 'load' ? Number(given) : given)
process.exit(missed === 0 ? 0 : 1)
