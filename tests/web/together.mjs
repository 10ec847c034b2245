// Who is not alone: two people with one case, accounts that come and go and a
// pack that is adopted while somebody asks, and a session whose time is over.
// Nothing that was saved is lost, and nothing that was typed.
//
//	PROGRAM=build/ihala node tests/web/together.mjs
import { execFile, execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { launch } from '../npm/browser.mjs'
import { Office, finish, holds, passphrase, person } from './office.mjs'
import { answer, at, begin, logIn, newPage } from './people.mjs'

// A clock of the server that goes when it is told to.
const folder = mkdtempSync(join(tmpdir(), 'ihala-web-'))
process.on('exit', () => rmSync(folder, { recursive: true }))
const build = (name) => {
	const library = join(folder, `${name}.so`)
	execFileSync('cc', ['-D_GNU_SOURCE', '-shared', '-fPIC', '-o', library, `tests/web/${name}.c`])
	return library
}
const clock = join(folder, 'clock'), library = build('clock')
let ahead = 0
const passes = (seconds) => writeFileSync(clock, new Uint8Array(new BigInt64Array([BigInt(ahead += seconds)]).buffer))
passes(0)

const office = await Office.open({ roles: ['screener', 'case-worker', 'supervisor', 'committee'],
	env: { LD_PRELOAD: library, TEST_CLOCK: clock } })
const browser = await launch()
const enter = async (user, options) => {
	const page = await newPage(browser, options)
	await logIn(page, office, user)
	return page
}
const main = (page) => page.locator('main').innerText()
const isOver = async (page) => await page.locator('form.login').count() === 1 && await page.locator('#failure').count() === 1

// ---- two people with one case
for (const [language, script] of [['ar', true], ['fr', false], ['en', true]]) {
	const where = `${language}${script ? '' : ', without JavaScript'}`
	const options = { locale: language, javaScriptEnabled: script }
	const plan = `/case/${office.code}/plan`
	const add = (page) => page.locator(`form[action="${plan}"]:has([name=objective])`)
	const write = async (page, text) => {
		await add(page).locator('[name=need]').selectOption('shelter')
		await add(page).locator('[name=objective]').fill(text)
		await add(page).locator('button').click()
	}
	const anna = await enter('case-worker', options), berta = await enter('supervisor', options)
	for (const page of [anna, berta]) await page.goto(at(office, plan))
	const first = `Exemple un, ${language}`, second = `Exemple deux, ${language}`
	await write(anna, first)
	holds(`${where}: who is faster writes`, await anna.locator('#failure').count() === 0, await main(anna))
	await write(berta, second)
	holds(`${where}: who is slower is told that it was changed`, (await berta.locator('#failure').innerText()).includes('E_CASE_CHANGED'))
	holds(`${where}: and by whom`, (await berta.locator('[role=status]').innerText()).includes('case-worker'), await main(berta))
	holds(`${where}: what the other wrote is on the page`, (await main(berta)).includes(first))
	holds(`${where}: what was typed is there still`, await add(berta).locator('[name=objective]').inputValue() === second &&
		await add(berta).locator('[name=need]').inputValue() === 'shelter')
	await add(berta).locator('button').click()
	await anna.goto(at(office, plan))
	holds(`${where}: sent again, both stand`, (await main(anna)).includes(first) && (await main(anna)).includes(second), await main(berta))
	for (const page of [anna, berta]) await page.context().close()
}

// ---- accounts come and go while somebody asks
{
	office.account('leaver', 'supervisor')
	const registrar = await office.enter('administrator'), first = await office.enter('office')
	const does = async (who, what, path, fields = {}) => {
		const answer = await who.send(path, fields, await who.get('/user'))
		holds(what, answer.status === 303 && answer.location === '/user', answer.status)
		who.done()	// the server hangs up on who says nothing for long
	}
	const anna = await enter('screener'), berta = await enter('screener', { javaScriptEnabled: false })
	const drafts = [await begin(anna, office, 'fr', 'rapid'), await begin(berta, office, 'ar', 'rapid')]
	const answers = { alone: ['yes'], 'safe-now': ['yes'], 'consent-interview': ['yes'] }
	let said = 0
	const says = async (when) => {
		said++
		for (const [i, page] of [anna, berta].entries()) {
			const form = page.locator('form.question'), before = await form.getAttribute('action')
			await answer(page, answers)
			holds(`${when}: her answer is taken and the next question is asked`, await form.count() === 1 &&
				await form.getAttribute('action') !== before && await page.locator('#failure').count() === 0, await main(page))
			const saved = office.as('screener', 'interview', 'ask', drafts[i], '--format', 'xml')
			holds(`${when}: it stands`, saved.includes(` answered="${said}"`), saved.match(/ answered="\d+"/))
		}
	}
	await says('before')
	await does(registrar, 'a colleague is registered', '/user', { user: 'colleague', role: 'screener', passphrase })
	await says('while somebody is registered')
	await does(first, 'and admitted', '/user/colleague/admit')
	await says('while somebody is admitted')
	await does(registrar, 'another is revoked', '/user/leaver/revoke')
	await says('while somebody is revoked')
	await does(first, 'what that one held is renewed', '/user/rotate')
	await says('while keys that others hold are made anew')
	holds('who was admitted can work', (await (await office.enter('colleague')).get('/interview')).status === 200)
	while (await anna.locator('form.question').count() === 1 && await answer(anna, answers));
	await anna.goto(at(office, `/interview/${drafts[0]}/review`))
	await anna.locator(`form[action="/interview/${drafts[0]}/finish"] button`).first().click()
	holds('her interview becomes a case', anna.url().endsWith('/done'), await main(anna))
	const supervisor = await enter('supervisor')
	await supervisor.goto(anna.url().replace(/interview\/(.*)\/done/, 'case/$1'))
	holds('whoever holds the new keys reads it', await supervisor.locator('#failure').count() === 0, await main(supervisor))

	// who is revoked herself is out
	office.account('anna', 'screener')
	const clara = await enter('anna')
	const draft = await begin(clara, office, 'fr', 'rapid')
	await answer(clara, answers)
	await clara.goto(at(office, `/interview/${draft}/item/name`))
	await clara.locator('#answer').fill(person)
	await does(registrar, 'she is revoked in the midst of it', '/user/anna/revoke')
	await clara.click('form.question > button')
	holds('who is revoked is out at her next request', await isOver(clara), await main(clara))
	holds('and her account is shut', (await office.browser().logIn('anna')).status === 403)
	holds('and who is not is not', (await registrar.get('/user')).status === 200)
	// while a change is being written nobody is thrown out, and nobody who is revoked goes on
	office.account('dora', 'screener')
	const dora = await enter('dora'), third = await begin(dora, office, 'en', 'rapid')
	await dora.goto(at(office, `/interview/${third}/item/name`))
	await dora.locator('#answer').fill(person)
	const mark = join(folder, 'slow')
	const revoking = promisify(execFile)(process.env.PROGRAM || 'build/ihala', ['--registry', join(office.folder, 'registry'), '--passphrase-file',
		join(office.folder, 'pass'), '--user', 'administrator', 'user', 'revoke', 'dora'], { env: { ...process.env, LD_PRELOAD: build('slow'), TEST_SLOW: mark } })
	while (!existsSync(mark)) await wait(10)
	const next = await berta.locator('form.question').getAttribute('action')
	let pending = 2
	const asked = Promise.all([answer(berta, answers), dora.click('form.question > button')].map((one) => one.then(() => pending--)))
	await wait(1000)
	holds('who asks in between waits', pending === 2, pending)
	rmSync(mark)
	await Promise.all([revoking, asked])
	holds('and goes on', await berta.locator('form.question').count() === 1 && await berta.locator('form.question').getAttribute('action') !== next, await main(berta))
	holds('but who was revoked is out', await isOver(dora), await main(dora))
	for (const page of [anna, berta, clara, dora, supervisor]) await page.context().close()
	for (const one of [registrar, first]) one.done()
}

// ---- a pack is adopted while somebody asks
{
	const anna = await enter('screener')
	const draft = await begin(anna, office, 'fr', 'rapid')
	const asked = []
	while (asked.length < 6) asked.push(await answer(anna, { alone: ['yes'], 'safe-now': ['yes'], 'consent-interview': ['yes'] }))
	const pack = join(folder, 'pack.asice')
	office.as('committee', 'pack', 'make', '-o', pack)
	office.as('committee', 'pack', 'load', pack)
	await anna.goto(at(office, `/interview/${draft}`))
	holds('a pack ends what began before it, with a page that says so', await isOver(anna), await main(anna))
	await logIn(anna, office, 'screener')
	await anna.goto(at(office, `/interview/${draft}`))
	const next = (await anna.locator('form.question').getAttribute('action')).split('/').pop()
	holds('after logging in it goes on where it was', !asked.includes(next), `${asked} ${next}`)
	await anna.goto(at(office, `/interview/${draft}/change/safe-now`))
	holds('and what was answered stands', await anna.locator('#v-yes').isChecked())

	// an answer on its way when the session ends is not taken, and not half
	await anna.goto(at(office, `/interview/${draft}/item/name`))
	await anna.locator('#answer').fill(person)
	office.as('committee', 'pack', 'make', '-o', `${pack}.2`)
	office.as('committee', 'pack', 'load', `${pack}.2`)
	await anna.click('form.question > button')
	holds('an answer that came too late is refused with a page', await isOver(anna))
	await anna.context().close()
}

// ---- a server whose installed data are not the pack in force
{
	const data = join(folder, 'data'), file = join(data, 'xml/instrument/adult.xml')
	for (const part of ['xml', 'xslt']) cpSync(part, join(data, part), { recursive: true })
	writeFileSync(file, readFileSync(file, 'utf8').replace(/<text xml:lang="[a-z]*">/g, '$&zyxwvut471 '))
	const other = new Office()
	Object.assign(other, { folder: office.folder, env: { ...process.env, IHALA_DATA: data } })
	await other.serve()
	const anna = await other.enter('screener')
	const list = await anna.get('/interview')
	const begun = await anna.send('/interview', { instrument: 'adult', channel: 'ngo', language: 'fr' }, list)
	const page = await anna.get(begun.location)
	holds('it asks by the pack', page.status === 200 && !`${list.text}${page.text}`.includes('zyxwvut471'), page.text)
	anna.done()
	other.server.kill('SIGTERM')
	await other.ended
	process.off('exit', other.left)
}

// ---- the time of a session
for (const [what, steps] of [['without a request for a quarter of an hour', [901]], ['after eight hours, whatever is done', Array(36).fill(801)]]) {
	const anna = await enter('screener')
	const draft = await begin(anna, office, 'ar', 'rapid')
	const item = await answer(anna, { alone: ['yes'] })
	let over = 0
	for (const step of steps) {
		holds(`${what}: not before`, over === 0)
		passes(step)
		await anna.goto(at(office, `/interview/${draft}/change/${item}`))
		if (await isOver(anna)) over++
	}
	holds(`${what}: a session ends`, over === 1, await main(anna))
	holds(`${what}: no question is on the page`, !(await anna.content()).includes('form class="question"'))
	await logIn(anna, office, 'screener')
	await anna.goto(at(office, `/interview/${draft}/change/${item}`))
	holds(`${what}: what was saved is there`, await anna.locator('#v-yes').isChecked())
	await anna.context().close()
}
{
	const anna = await enter('screener')
	passes(880)
	await anna.goto(at(office, '/interview'))
	holds('a session that is used goes on', await anna.locator('form.begin').count() === 1)
	passes(880)
	await anna.goto(at(office, '/interview'))
	holds('from its last request on', await anna.locator('form.begin').count() === 1)
}
holds('no log holds who it is', !office.log.includes('Personne'), office.log)
await browser.close()
await office.close()
finish('who is not alone')
