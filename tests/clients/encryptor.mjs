// node tests/clients/encryptor.mjs ENCRYPTOR FORM SUBMISSION FOLDER: what
// Enketo's own code, in Chromium, makes of SUBMISSION for the public key in
// FORM: FOLDER/submission.xml, the manifest, and the sealed file beside it.
//
// ENCRYPTOR is public/js/src/module/encryptor.js of enketo-express, run as it
// lies there.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { bundle, folder } from './bundle.mjs'

process.env.NPM ||= folder
const { launch } = await import('../npm/browser.mjs')
const [encryptor, form, submission, to] = process.argv.slice(2)
const xml = readFileSync(submission, 'utf8')
const [, id, version] = /<data[^>]* id="([^"]*)" version="([^"]*)"/.exec(xml)

// './utils' reads pictures, which our forms do not ask for
const script = await bundle(`import encryptor from ${JSON.stringify(resolve(encryptor))}
	window.seal = async (form, record) => {
		const { xml, files: [file] } = await encryptor.encryptRecord(form, record)
		return { manifest: xml, name: file.name, bytes: [...new Uint8Array(await file.arrayBuffer())] }
	}`, { './utils': '' })
const browser = await launch()
const page = await browser.newPage()
await page.addScriptTag({ content: script })
const sealed = await page.evaluate(([about, record]) => window.seal(about, record), [
	{ id, version, encryptionKey: /base64RsaPublicKey="([^"]+)"/.exec(readFileSync(form, 'utf8'))[1] },
	{ instanceId: /<[a-z:]*instanceID>([^<]+)</.exec(xml)[1], xml },
])
await browser.close()
mkdirSync(to, { recursive: true })
writeFileSync(resolve(to, 'submission.xml'), sealed.manifest)
writeFileSync(resolve(to, sealed.name), Uint8Array.from(sealed.bytes))
