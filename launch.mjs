/**
 * The way in: runs on whatever Node the machine has, installs what is missing (the right Node included) and hands over to it.
 *
 *   node launch.mjs start          the product           node launch.mjs test [path…]   all tests, or those named
 *   node launch.mjs check          types, lint, law      node launch.mjs <command>      any command of the product
 */
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = path.dirname(fileURLToPath(import.meta.url))
const MODULES = path.join(ROOT, 'node_modules')
const BIN = path.join(MODULES, '.bin')
const LOCK = path.join(ROOT, '.tmp', 'install.lock')
const OLDEST = [20, 19]

const SERVER = 'src/server/main.ts'
const PROGRAMS = {
  test: ['test/harness/run.ts'],
  check: ['check.mjs'],
  fix: ['node_modules/@biomejs/biome/bin/biome', 'check', '--write', '.'],
  bench: ['test/bench/main.ts'],
  dev: ['node_modules/vite/bin/vite.js'],
  build: ['node_modules/vite/bin/vite.js', 'build'],
}

const chinese = /^zh/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')
const words = (zh, en) => (chinese ? zh : en)
const say = (zh, en) => process.stderr.write(`${words(zh, en)}\n`)

/** Says in one sentence why nothing can be done, and ends. */
function giveUp(zh, en, detail = '') {
  say(zh, en)
  if (detail) process.stderr.write(`${detail.trimEnd()}\n`)
  process.exit(1)
}

/** Runs a command of the product under the Node it was made for. Does not return. */
export async function launch(command, args) {
  requireNode()
  const installed = isInstalled() && productNode()
  // The product asks for itself; a minute of installing first would be in vain.
  if (!installed && (command ?? args[0]) === 'start') await requirePort()
  const node = installed || (await install())
  const named = command === undefined ? [SERVER] : [SERVER, command]
  const program = Object.hasOwn(PROGRAMS, command ?? '') ? PROGRAMS[command] : named
  become(node, [path.join(ROOT, program[0]), ...program.slice(1), ...args])
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return
  const least = OLDEST.join('.')
  giveUp(
    `本机的 Node.js 为 ${process.version}，启动需要 ${least} 或更高版本：请从 https://nodejs.org 安装后重试。`,
    `This machine has Node.js ${process.version} and ${least} or later is needed: install it from https://nodejs.org and try again.`,
  )
}

/** Ends where another program has the port. Whatever else is wrong with the address, the product says. */
async function requirePort() {
  const { PORT = '', HOST = '' } = process.env
  const port = Number(PORT || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return
  const free = await new Promise((done) => {
    const probe = net.createServer()
    probe.once('error', (error) => done(error.code !== 'EADDRINUSE'))
    probe.listen({ port, host: HOST || '127.0.0.1', exclusive: true }, () => probe.close(() => done(true)))
  })
  if (!free) {
    giveUp(
      `端口 ${port} 已被占用：请停止占用的程序，或用 PORT 另设端口`,
      `Port ${port} is in use: stop the other program or set PORT to another number`,
    )
  }
}

/** True where every package that the lock file asks for lies in node_modules in that version, as npm's own record there says. */
function isInstalled() {
  const wanted = readJson(path.join(ROOT, 'package-lock.json'))
  const found = readJson(path.join(MODULES, '.package-lock.json'))
  if (!wanted || !found) return false
  return Object.entries(wanted.packages).every(([at, { version, optional }]) => {
    const there = found.packages[at]
    return at === '' || (there ? there.version === version : optional === true)
  })
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** Installs the packages, or what is wrong with them; returns the Node to go on with. */
async function install() {
  const release = await lockInstallation()
  // Another start may have done it while this one waited.
  if (!isInstalled() || !fs.existsSync(path.join(MODULES, 'node'))) await installPackages()
  const node = productNode() ?? (await repairNode())
  release()
  return node
}

async function installPackages() {
  // A setting of npm or NODE_ENV=production would leave out what the commands need.
  const order = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const { code, output } = await npm(
    order,
    words('正在安装所需的软件包（首次约需一分钟）', 'Installing the packages (about a minute the first time)'),
  )
  if (code === 0) return
  giveUp(
    '安装所需的软件包失败，请检查网络（或代理、镜像设置）后重试；npm 的说明如下：',
    'The packages could not be installed: check the network (or proxy and mirror settings) and try again. npm says:',
    output,
  )
}

/** One installation at a time: a second start waits for the first. The lock of a start that was killed does not count. */
async function lockInstallation() {
  let told = false
  for (;;) {
    try {
      fs.accessSync(ROOT, fs.constants.W_OK)
      fs.mkdirSync(path.dirname(LOCK), { recursive: true })
      fs.writeFileSync(LOCK, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (error.code !== 'EEXIST') {
        giveUp(
          `目录 ${ROOT} 不可写，无法安装所需的软件包：请换用有写权限的用户，或将程序复制到可写的目录。`,
          `The folder ${ROOT} cannot be written, so nothing can be installed: start as a user who may write there, or copy the program to a folder you may write.`,
        )
      }
    }
    if (isAbandoned()) {
      fs.rmSync(LOCK, { force: true })
      continue
    }
    if (!told)
      say('另一个启动程序正在安装软件包，请稍候……', 'Another start is installing the packages; waiting for it…')
    told = true
    await new Promise((done) => setTimeout(done, 500))
  }
  const heartbeat = setInterval(() => {
    const now = new Date()
    fs.utimes(LOCK, now, now, () => {})
  }, 2000)
  let released = false
  const release = () => {
    clearInterval(heartbeat)
    if (!released) fs.rmSync(LOCK, { force: true })
    released = true
  }
  process.once('exit', release)
  return release
}

/** Everybody named in it has ended (a start and its npm), or there has been no sign of life for far longer than any installation takes. */
function isAbandoned() {
  try {
    const silence = Date.now() - fs.statSync(LOCK).mtimeMs
    const holders = fs.readFileSync(LOCK, 'utf8').split(' ').map(Number)
    return silence > 900_000 || (silence > 1000 && !holders.some(isAlive))
  } catch {
    return false
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Runs npm with a line that shows it is still at work; returns its exit code and what it printed. */
function npm(args, doing) {
  // npm removes node_modules first: it must not run on the Node that lies there.
  const outside = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.startsWith(MODULES))
  const node = [
    process.execPath,
    process.env.npm_node_execpath,
    ...outside.map((folder) => path.join(folder, 'node')),
  ].find((file) => file && fs.existsSync(file) && !fs.realpathSync(file).startsWith(MODULES))
  const script = [process.env.npm_execpath, ...outside.map((folder) => path.join(folder, 'npm'))].find(
    (file) => file && /npm(-cli\.js)?$/.test(file) && fs.existsSync(file),
  )
  if (!node || !script) {
    giveUp(
      '找不到 npm：请安装完整的 Node.js（含 npm）后重试。',
      'npm was not found: install Node.js together with npm and try again.',
    )
  }
  const env = { ...process.env, PATH: [path.dirname(node), ...outside].join(path.delimiter) }
  if (!hasCache(env)) env.npm_config_cache = path.join(ROOT, '.tmp', 'npm-cache')
  return new Promise((done) => {
    const child = spawn(node, [fs.realpathSync(script), ...args], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] })
    if (child.pid && fs.existsSync(LOCK)) fs.appendFileSync(LOCK, ` ${child.pid}`)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text))
    const stopProgress = showProgress(doing)
    const forget = forward(child)
    child.once('error', (error) => (output += error.message))
    child.once('close', (code, signal) => {
      forget()
      stopProgress(code === 0)
      if (signal) process.exit(1)
      done({ code, output })
    })
  })
}

/** npm keeps what it fetches below the home folder; where that cannot be written it goes beside the program. */
function hasCache(env) {
  try {
    const folder = env.npm_config_cache || path.join(os.homedir(), '.npm')
    fs.mkdirSync(path.join(folder, '_cacache', 'tmp'), { recursive: true })
    fs.accessSync(path.join(folder, '_cacache', 'tmp'), fs.constants.W_OK)
    return true
  } catch {
    return false
  }
}

function showProgress(doing) {
  const begun = Date.now()
  const line = () => `${doing}… ${Math.round((Date.now() - begun) / 1000)} ${words('秒', 's')}`
  const terminal = process.stderr.isTTY
  const show = () => process.stderr.write(terminal ? `\r${line()} ` : `${line()}\n`)
  show()
  const timer = setInterval(show, terminal ? 1000 : 10_000)
  return (well) => {
    clearInterval(timer)
    if (terminal) process.stderr.write('\n')
    else if (well) process.stderr.write(`${line()} ${words('完成', 'done')}\n`)
  }
}

/** The Node that comes with the packages, if it works. */
function productNode() {
  const node = path.join(BIN, process.platform === 'win32' ? 'node.cmd' : 'node')
  const { status } = spawnSync(node, ['--version'], { stdio: 'ignore' })
  return status === 0 ? fs.realpathSync(node) : undefined
}

/** Its program is fetched by an install script, which a setting of npm may have held back. */
async function repairNode() {
  const order = ['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts', '--loglevel=error']
  const { output } = await npm(order, words('正在获取 Node.js', 'Fetching Node.js'))
  const node = productNode()
  if (node) return node
  const wanted = readJson(path.join(ROOT, 'package.json')).dependencies.node
  if (Number(process.versions.node.split('.')[0]) >= Number(wanted.split('.')[0])) return process.execPath
  giveUp(
    `随软件包安装的 Node.js ${wanted} 不能运行：请在 ${ROOT} 执行 npm rebuild node --ignore-scripts=false，或安装 Node.js ${wanted} 后重试。`,
    `Node.js ${wanted}, which comes with the packages, does not run: try "npm rebuild node --ignore-scripts=false" in ${ROOT}, or install Node.js ${wanted} and start again.`,
    output,
  )
}

/** Becomes the program where this Node can, so that signals and exit codes need no messenger; else runs it and passes both on. */
function become(node, args) {
  const others = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== BIN)
  const env = { ...process.env, PATH: [BIN, ...others].join(path.delimiter) }
  if (process.execve && process.platform !== 'win32') process.execve(node, [node, ...args], env)
  const child = spawn(node, args, { stdio: 'inherit', env })
  forward(child)
  child.once('error', (error) =>
    giveUp(`无法运行 ${node}：${error.message}`, `${node} cannot be run: ${error.message}`),
  )
  child.once('exit', (code, signal) => process.exit(signal ? 128 + os.constants.signals[signal] : code))
}

/** Passes on signals. Ctrl-C in a terminal reaches the child by itself, and twice would mean more than once. */
function forward(child) {
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY
  const listeners = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((signal) => {
    const pass = () => void (signal === 'SIGINT' && terminal ? undefined : child.kill(signal))
    process.on(signal, pass)
    return () => process.off(signal, pass)
  })
  return () => {
    for (const forget of listeners) forget()
  }
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await launch(process.argv[2], process.argv.slice(3))
}
