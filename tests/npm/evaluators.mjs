// node tests/npm/evaluators.mjs FOLDER ASKED INSTRUMENT COUNT SEED
//
// COUNT interviews, made up from SEED, by four readers of the same conditions:
// the offline page's own script (FOLDER/ID.html), ODK's engine on the XForm
// (FOLDER/ID.xml), enableWhen and FHIRPath on the Questionnaire (FOLDER/ID.json),
// and our engine in C (the program ASKED), once reading what was said and once
// holding the interview.  Of each interview they agree on which
// questions are asked, on what was answered, on what is urgent, and on the sums.
// FOLDER/ID.said.json is left for other readers of the XForm: tests/clients.
import { createRequire } from 'node:module'
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [folder, asked, id, count, seed] = process.argv.slice(2)
const modules = resolve(process.env.NPM || 'build/npm', 'package.json')
const installed = createRequire(modules)
const { JSDOM } = installed('jsdom')
const file = (name) => resolve(folder, name)

// ---- the same numbers each time: mulberry32
let state = Number(seed) >>> 0
const random = () => {
	state = (state + 0x6d2b79f5) >>> 0
	let t = Math.imul(state ^ (state >>> 15), 1 | state)
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
	return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}
const below = (n) => Math.floor(random() * n)
const pick = (list) => list[below(list.length)]

// ---- 1. the page
const browser = new JSDOM(readFileSync(file(`${id}.html`), 'utf8'), {
	url: 'http://localhost/', runScripts: 'dangerously',
	beforeParse: (window) => Object.assign(window, { Blob, Response, DecompressionStream, TextEncoder, scrollTo: () => {} }),
}).window
while (!browser.eval('items')) await new Promise((done) => setTimeout(done, 20))
const data = browser.eval('data')
const items = browser.eval('items').filter((item) => item.how)
if (items.length === 0) throw new Error('the page has no questions')
const page = {
	answer: (item, said) => {
		browser.said = said
		browser.eval(said ? `answers.set('${item}', said)` : `answers.delete('${item}')`)
	},
	asks: (item) => browser.eval(`asked(byId.get('${item}'))`) === 1,
	urgent: () => browser.eval('data.urgent.map((row) => hold(row.when) === 1)'),
	xml: () => browser.eval('xml()'),
}
for (const [key, value] of [['_channel', 'ngo'], ['_language', 'ar'], ['_date', '2026-11-21']])
	page.answer(key, { values: [value] })

// ---- 2. ODK
const { window } = new JSDOM('<!doctype html>', { url: 'http://localhost/' })
for (const name of ['window', 'document', 'DOMParser', 'XMLSerializer', 'Node', 'Element', 'Attr', 'Text', 'CDATASection',
	'Comment', 'ProcessingInstruction', 'Document', 'XMLDocument', 'XPathResult', 'XPathEvaluator', 'XPathExpression',
	'File', 'Blob', 'FormData', 'HTMLElement', 'localStorage', 'NodeFilter'])
	if (window[name] !== undefined) Object.defineProperty(globalThis, name, { value: window[name], configurable: true, writable: true })
globalThis.__dirname = '.' // a part compiled to WebAssembly looks for it
globalThis.__filename = 'x'
const { loadForm } = await import(pathToFileURL(resolve(modules, '../node_modules/@getodk/xforms-engine/dist/index.js')).href)
const form = await loadForm(readFileSync(file(`${id}.xml`), 'utf8'), { fetchFormAttachment: async () => { throw new Error('none') } })
if (form.status !== 'success') throw new Error(`ODK: ${form.status} ${form.error}`)
const { root } = form.createInstance()
if (root.languages.length !== 3) throw new Error('ODK: not three languages')
const all = (node) => [node, ...(node.currentState.children ?? []).flatMap(all)]
const nodes = new Map(all(root).map((node) => [node.currentState.reference, node]))
const odk = {
	node: (item, tail = '') => nodes.get(`/data/${item.place}/${item.id}${tail}`),
	asks: (item) => odk.node(item).currentState.relevant,
	answer: (item, said) => {
		const node = odk.node(item), why = odk.node(item, '_why')
		const codes = said?.state ? [`_${said.state}`] : said?.values ?? []
		if (item.list && item.type === 'choices') node.selectValues(codes)
		else if (item.list) codes.length ? node.selectValue(codes[0]) : node.selectValue(null)
		else {
			node.setValue(said?.values ? (item.type === 'number' ? Number(said.values[0]) : said.values[0]) : (item.type === 'number' ? null : ''))
			if (why?.currentState.relevant) why.selectValue(said?.state ? `_${said.state}` : null)
		}
	},
	xml: async () => {
		const payload = await root.prepareInstancePayload({ payloadType: 'monolithic' })
		const blob = payload.data[0].get('xml_submission_file')
		return new Promise((done) => { const reader = new window.FileReader(); reader.onload = () => done(reader.result); reader.readAsText(blob) })
	},
}
// which section an item stands in, as its path says
for (const item of items)
	item.place = [...nodes.keys()].map((path) => path.split('/')).find((path) => path[3] === item.id)[2]
nodes.get('/data/_interview/channel').selectValue('ngo')
nodes.get('/data/_interview/language').setValue('ar')

// ---- 3. FHIR: enableWhen as R4 defines its operators
const questionnaire = JSON.parse(readFileSync(file(`${id}.json`), 'utf8'))
const fhirpath = installed('fhirpath')
const r4 = installed('fhirpath/fhir-context/r4')
const { Fhir } = installed('fhir')
const sound = new Fhir().validate(questionnaire, { errorOnUnexpected: true })
if (!sound.valid) throw new Error(`FHIR: ${JSON.stringify(sound.messages.slice(0, 3))}`)
const gates = new Map() // linkId -> enableWhen of it and of the groups around
const walk = (list, around) => {
	for (const item of list ?? []) {
		const own = item.enableWhen ? [...around, item] : around
		gates.set(item.linkId, own)
		walk(item.item, own)
	}
}
walk(questionnaire.item, [])
const sums = questionnaire.item.filter((item) => item.linkId.startsWith('sum/'))
	.map((item) => [item.linkId.slice(4), fhirpath.compile(item.extension.find((e) => e.valueExpression).valueExpression.expression, r4)])
const absent = { unknown: 'asked-unknown', refused: 'asked-declined' }
const fhir = {
	answers: new Map(),
	holds: ({ question, operator, answerBoolean, answerCoding, answerInteger }) => {
		const given = fhir.answers.get(question) ?? []
		const same = given.some((one) => one.valueCoding?.code === answerCoding?.code && one.valueCoding?.system === answerCoding?.system)
		return {
			exists: () => (given.length > 0) === answerBoolean,
			'=': () => given.length > 0 && same,
			'!=': () => !same,
			'<': () => given.some((one) => one.valueInteger < answerInteger),
			'>': () => given.some((one) => one.valueInteger > answerInteger),
			'<=': () => given.some((one) => one.valueInteger <= answerInteger),
			'>=': () => given.some((one) => one.valueInteger >= answerInteger),
		}[operator]()
	},
	asks: (item) => gates.get(item.id).every((gate) => gate.enableBehavior === 'any' ?
		gate.enableWhen.some(fhir.holds) : gate.enableWhen.every(fhir.holds)),
	answer: (item, said) => {
		const code = (system, value) => ({ valueCoding: { system, code: value } })
		const missing = said?.state && [code('http://terminology.hl7.org/CodeSystem/data-absent-reason', absent[said.state])]
		if (item.list) fhir.answers.set(item.id, missing ?? (said?.values ?? []).map((value) => code(`urn:ihala:choices:${item.list}`, value)))
		else fhir.answers.set(item.id, missing ? [] : (said?.values ?? []).map((value) => item.type === 'number' ? { valueInteger: Number(value) } : { valueString: value }))
	},
	response: () => ({ resourceType: 'QuestionnaireResponse', status: 'completed',
		item: [...fhir.answers].filter(([, given]) => given.length > 0).map(([linkId, answer]) => ({ linkId, answer })) }),
}

// ---- made-up answers: what would be said if it were asked
const TEXTS = ['نص <&> "مثال"', 'Exemple d’un texte', 'A text', '٣ غرف']
function said(item) {
	const dice = random(), missing = item.how !== 'integrate'
	if (dice < 0.08) return undefined
	if (missing && dice < 0.14) return { state: 'unknown' }
	if (missing && dice < 0.20) return { state: 'refused' }
	if (item.list) {
		// the gates are mostly open, or little would be asked
		const codes = data.lists[item.list].map(([code]) => code)
		if (item.type === 'choice') return { values: [item.id.startsWith('consent') || item.id.startsWith('guardian') ? (random() < 0.9 ? 'yes' : pick(codes)) : pick(codes)] }
		const some = codes.filter(() => random() < 0.3)
		return some.length ? { values: some } : undefined
	}
	if (item.type === 'number') return { values: [String(item.least + below(item.most - item.least + 1))] }
	if (item.type === 'date') return { values: [pick(['1998', '1998-05', '1998-05-21', '2001-02-28'])] }
	return { values: [pick(TEXTS)] }
}

// What comes first: whoever does not agree, or does not say, is not asked on.
const CONSENT = [{ state: 'refused' }, { state: 'unknown' }, undefined, { values: ['no'] }, { values: ['yes'] }]
const consent = items.findIndex((item) => item.id === 'consent-interview')
const hangs = (item) => JSON.stringify([item.section.if, item.if]).includes('"consent-interview"')

// ---- each interview, question by question: an ask-if speaks of earlier items only
mkdirSync(file(id), { recursive: true })
const lines = [], found = [], intents = []
let wrong = 0, withheld = 0
const fault = (n, what) => { if (++wrong <= 10) console.log(`${id}, interview ${n}: ${what}`) }
for (let n = 0; n < count; n++) {
	const asks = [], meant = {}
	fhir.answers.clear()
	browser.eval("for (const id of [...answers.keys()]) if (!id.startsWith('_')) answers.delete(id)")
	for (const item of items) {
		const intent = n < CONSENT.length && item === items[consent] ? CONSENT[n] : said(item), by = [page.asks(item.id), odk.asks(item), fhir.asks(item)]
		if (by.some((one) => one !== by[0])) fault(n, `${item.id} is asked by page ${by[0]}, ODK ${by[1]}, FHIR ${by[2]}`)
		if (!by[0]) continue
		asks.push(item.id)
		if (intent) meant[item.id] = intent
		page.answer(item.id, intent)
		odk.answer(item, intent)
		fhir.answer(item, intent)
		if (item.type === 'number') { // limits
			const node = odk.node(item)
			if (n % 50 === 0 && intent?.values) {
				for (const out of [item.least - 1, item.most + 1]) {
					node.setValue(out)
					if (node.validationState.constraint?.valid !== false) fault(n, `ODK takes ${out} for ${item.id}`)
				}
				odk.answer(item, intent)
			}
			if (node.validationState.constraint?.valid === false) fault(n, `ODK refuses ${item.id}`)
		}
	}
	if (n < CONSENT.length && asks.includes('consent-interview') && CONSENT[n]?.values?.[0] !== 'yes') {
		const after = items.filter((item) => hangs(item) && asks.includes(item.id))
		if (after.length > 0) fault(n, `without consent ${after.map((item) => item.id)} is asked`)
		withheld++
	}
	browser.eval(`data.interview = '${'0000000' + n.toString(16)}'.slice(-8) + '-0000-4000-8000-000000000000'`)
	writeFileSync(file(`${id}/${n}.page.xml`), page.xml())
	writeFileSync(file(`${id}/${n}.odk.xml`), await odk.xml())
	lines.push(`answers ${file(`${id}/${n}.page.xml`)}`, `odk ${file(`${id}/${n}.odk.xml`)}`)
	intents.push({ asks, said: meant })
	const response = fhir.response()
	found.push({ asks, urgent: page.urgent(), sums: Object.fromEntries(sums.map(([name, sum]) => [name, sum(response, { resource: response })[0]])) })
}

writeFileSync(file(`${id}.said.json`), JSON.stringify({
	items: items.map(({ id, place, type, list, least, most }) => ({ id, place, type, list, least, most })), interviews: intents }))

// ---- 4. our engine
const told = execFileSync(asked, [id], { input: lines.join('\n') + '\n', maxBuffer: 1 << 28 }).toString().trim().split('\n').map((line) => JSON.parse(line))
let questions = 0, urgent = 0
for (const [n, { asks, urgent: danger, sums: totals }] of found.entries()) {
	const [ours, odks] = [told[2 * n], told[2 * n + 1]]
	if (ours.refused || odks.refused) { fault(n, `refused: ${ours.refused ?? ''} ${odks.refused ?? ''}`); continue }
	if (JSON.stringify(ours.asked.map(([item]) => item)) !== JSON.stringify(asks)) fault(n, 'our engine asks other questions')
	if (JSON.stringify(ours.sitting) !== JSON.stringify(asks)) fault(n, `an interview here asks ${ours.sitting}, and not ${asks}`)
	if (JSON.stringify(ours) !== JSON.stringify(odks)) fault(n, 'what came from ODK is not what came from the page')
	if (JSON.stringify(ours.urgent) !== JSON.stringify(danger)) fault(n, 'what is urgent differs')
	for (const [name, sum] of Object.entries(totals)) if (ours.sums[name] !== sum) fault(n, `${name}: FHIRPath has ${sum}, we ${ours.sums[name]}`)
	questions += asks.length
	urgent += danger.some(Boolean)
}
console.log(`${id}: ${count} interviews, ${questions} questions asked, ${urgent} urgent, ${withheld} without consent, ${sums.length} sums, ${wrong} faults`)
process.exit(wrong === 0 ? 0 : 1)
