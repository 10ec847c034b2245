// No screen speaks of the command line: a sentence that names a verb or an
// option has another wording for screens, in all languages, or is never said on
// one.
//
//	node tests/web/wording.mjs
import { readFileSync, readdirSync } from 'node:fs'
import { finish, holds } from './office.mjs'

// Said before there is a screen, or by what no screen does.
const elsewhere = new Set(['code.E_LISTEN_CLEAR', 'code.E_NO_ERASURES', 'code.E_NO_RECOVERY', 'code.E_USER_NEEDED',
	'ask.officer', 'done.recovery-use', 'done.root', 'done.user.stale', 'done.break.waiting'])
const isCommand = (text) => /--[a-z]|\bihala [a-z]/.test(text)

const words = new Map(readdirSync('xml/words').filter((name) => name.endsWith('.xml')).flatMap((name) =>
	[...readFileSync(`xml/words/${name}`, 'utf8').matchAll(/<word key="([^"]*)"[^>]*>([^]*?)<\/word>/g)].map(([, key, inner]) =>
		[key, Object.fromEntries([...inner.matchAll(/<text xml:lang="([^"]*)">([^]*?)<\/text>/g)].map(([, language, text]) => [language, text]))])))
const holes = (text) => [...new Set(text.match(/\{[0-9]/g))].sort().join()
let own = 0
for (const [key, texts] of words) {
	if (/^(on-)?screen\./.test(key))
		for (const [language, text] of Object.entries(texts)) holds(`${key}, ${language}: names no command`, !isCommand(text), text)
	if (!/^(code|done|ask|note|remind|erasure)\./.test(key) || elsewhere.has(key) || !Object.values(texts).some(isCommand)) continue
	const screen = words.get(`on-screen.${key}`)
	if (!holds(`${key}: has a wording for screens`, screen)) continue
	own++
	for (const language of ['ar', 'fr', 'en']) {
		holds(`on-screen.${key}: is there in ${language}`, screen[language])
		const more = holes(screen[language] ?? '').split(',').filter((hole) => !holes(texts[language]).includes(hole))
		holds(`on-screen.${key}, ${language}: takes no more than the other`, more.join('') === '', more)
	}
}
for (const key of elsewhere) holds(`${key}: is there`, words.has(key))
for (const key of words.keys())
	if (key.startsWith('on-screen.')) holds(`${key}: is of a sentence that is there`, words.has(key.slice('on-screen.'.length)))
finish(`${own} sentences in the screens' own words`)
