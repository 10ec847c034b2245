// What runs in a browser, made by esbuild into one script of what `make
// check-clients` installed (build/clients; CLIENTS names another folder).
//
//	import { bundle, folder } from './bundle.mjs'
//	const script = await bundle("import forge from 'node-forge'; window.forge = forge", { 'a-module': 'what/is/put/in/its/place.js' })
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

export const folder = resolve(process.env.CLIENTS || 'build/clients')
const installed = createRequire(resolve(folder, 'package.json'))
const esbuild = installed('esbuild')

// SOURCE as a module whose imports are looked for in FOLDER; of PLACES each
// name is found at the path beside it, and at none where that is ''.
export async function bundle(source, places = {}) {
	const made = await esbuild.build({
		stdin: { contents: source, resolveDir: folder },
		bundle: true, write: false, format: 'iife', platform: 'browser', logLevel: 'error', nodePaths: [resolve(folder, 'node_modules')],
		loader: { '.svg': 'dataurl', '.css': 'empty', '.png': 'dataurl' },
		plugins: [{
			name: 'places',
			setup(build) {
				build.onResolve({ filter: /./ }, ({ path }) => !(path in places) ? undefined :
					places[path] ? { path: resolve(folder, places[path]) } : { path, namespace: 'nothing' })
				build.onLoad({ filter: /./, namespace: 'nothing' }, () => ({ contents: 'export default {}', loader: 'js' }))
			},
		}],
	})
	return made.outputFiles[0].text
}

// The style sheet at PATH in FOLDER, which names others by the folders of the
// tree that it comes from.
export function style(path) {
	const sass = installed('sass'), mark = '/node_modules/'
	return sass.compile(resolve(folder, path), {
		importers: [{ findFileUrl: (url) => url.includes(mark) ? pathToFileURL(folder + url.slice(url.indexOf(mark))) : null }],
		logger: sass.Logger.silent,
	}).css
}
