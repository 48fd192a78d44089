/**
 * What the verification uses of the language's own library beyond ES2018, for browsers of that year. Each line is one
 * method; test/e2e/package.e2e.ts takes every newer one out of the browser and verifies a package with what is left.
 */
import './no-bigint.ts'
import 'core-js/es/array/at.js'
import 'core-js/es/array/find-last.js'
import 'core-js/es/array/flat.js'
import 'core-js/es/array/flat-map.js'
import 'core-js/es/array/to-reversed.js'
import 'core-js/es/array/to-sorted.js'
import 'core-js/es/array/with.js'
import 'core-js/es/global-this.js'
import 'core-js/es/object/from-entries.js'
import 'core-js/es/object/has-own.js'
import 'core-js/es/string/match-all.js'
import 'core-js/es/string/replace-all.js'
