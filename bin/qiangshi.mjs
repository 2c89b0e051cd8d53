#!/usr/bin/env node
/** The command line: `npx qiangshi <command>`. Every argument goes to the product. */
import { launch } from '../launch.mjs'

await launch(undefined, process.argv.slice(2))
