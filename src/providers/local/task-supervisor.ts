/**
 * The small process beside each task: it outlives the server, holds the task's pipes, stamps and keeps its lines,
 * enforces the timeout and the grace of a kill, and writes down how the task began and ended.
 *
 * Started as `node task-supervisor.js <task directory>` with a {@link TaskInstruction} on its standard input. One file,
 * longer than ours are and without packages, because its memory counts once per task and because it must start while
 * the installation around it is being replaced. The server imports the formats from here.
 */
import { isUtf8 } from 'node:buffer';
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { Socket } from 'node:net';
import { constants as osConstants } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a task's directory holds. Everything but `files` is out of the reach of a sandboxed task. */
export const taskFileNames = {
  /** Symbolic link that names the supervisor, `<pid>:<start time>`: whoever makes it decides whether the task runs. */
  claim: 'claim',
  /** Symbolic link that names what ends the task: the first one to make it wins, even on a full disk. */
  ending: 'ending',
  /** {@link StartRecord}; there once the command has begun. */
  start: 'start.json',
  /** {@link ExitRecord}; there once nothing more will be written to the log. */
  exit: 'exit.json',
  log: 'log',
  index: 'log.index',
  stdout: 'stdout',
  stderr: 'stderr',
  /** The task's own: `home`, `tmp` and `work`. */
  files: 'files',
} as const;

/** Beside the directories of tasks: where a change of state is announced by a file `<execution ID>.<phase>`. */
export const changesDirectoryName = 'changes';

/** A repository to fetch before the command runs. Holds credentials: never written anywhere. */
export interface CheckoutInstruction {
  /** Without credentials. */
  readonly url: string;
  readonly ref: string;
  /** Folder of the checkout to run in; empty means its root. */
  readonly path: string;
  /** The whole environment of `git`, credentials included. */
  readonly environment: Readonly<Record<string, string>>;
  /** What must not show in a message. */
  readonly secrets: readonly string[];
}

/** What the server hands over. */
export interface TaskInstruction {
  readonly executionId: string;
  readonly command: string;
  /** The whole environment of the command. */
  readonly environment: Readonly<Record<string, string>>;
  readonly checkout?: CheckoutInstruction | undefined;
  /** Program and options of the sandbox; absent means a plain process. */
  readonly sandbox?: { readonly program: string; readonly options: readonly string[] } | undefined;
  /** Directory of the control group that the command is put into. */
  readonly controlGroup?: string | undefined;
  /** `at` in Unix milliseconds; absent means no limit. */
  readonly timeout?: { readonly at: number; readonly seconds: number } | undefined;
  readonly killGraceMs: number;
  readonly logCapBytes: number;
}

/** How the command began, and how to find its processes again. */
export interface StartRecord {
  readonly startedAt: number;
  /** Leader of the process group: the command, or the sandbox around it. */
  readonly pid: number;
  readonly startTime: string;
  /** First process inside the sandbox. */
  readonly sandbox?: { readonly pid: number; readonly startTime: string } | undefined;
}

/** How the task ended. */
export interface ExitRecord {
  readonly endedBy: 'exit' | 'signal' | 'kill' | 'timeout' | 'lost' | 'failed-to-start';
  readonly exitCode?: number | undefined;
  readonly endedAt: number;
  /** The last events of the log: kept here, so that a full disk cannot swallow the reason. */
  readonly closing: readonly { readonly timestamp: number; readonly message: string }[];
}

/** A line is cut into several events at so many bytes. */
const lineLimit = 64 * 1024;
/** A record is a time of 13 digits, a letter for the stream and the line, divided by blanks. */
const headerLength = 16;
const newline = 10;
const carriageReturn = 13;
const outputSize = 4 * lineLimit;
const indexEvery = 64 * 1024;
const reserveSize = 4096;
/** How long output is waited for once the command has ended: only a process that left its group holds a pipe open. */
const drainLimitMs = 1000;

const errorCode = (error: unknown): string => String((error as NodeJS.ErrnoException).code);
const errorText = (error: unknown): string => (error instanceof Error ? error.message : String(error));
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

let bootId: string | undefined;

/** What tells one process from a later one with the same ID; `undefined` when there is no such process. */
export function findProcessStartTime(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      // The command's name is in parentheses and may hold anything, so count from behind it.
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      bootId ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
      return `${bootId}/${String(fields[19])}`;
    }
    const started = execFileSync('/bin/ps', ['-o', 'lstart=', '-p', String(pid)], {
      env: { LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return started.toString('latin1').trim() || undefined;
  } catch {
    // No such process.
    return undefined;
  }
}

/** Every process of the PID namespace that `pid` is in, but not `pid` itself, which is deaf to all but SIGKILL. */
export function findNamespaceMembers(pid: number): number[] {
  const namespaceOf = (other: number | string): string | undefined => {
    try {
      return readlinkSync(`/proc/${other}/ns/pid`);
    } catch {
      // Gone, or another user's.
      return undefined;
    }
  };
  const namespace = namespaceOf(pid);
  if (namespace === undefined || namespace === namespaceOf('self')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(pid) && namespaceOf(name) === namespace)
    .map(Number);
}

/** Sends a signal; a process that is gone is no error. Returns whether there was one. */
export function sendSignal(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

/** Makes a symbolic link that says `text` unless there is one, and returns what it says. */
export function sealOnce(path: string, text: string): string {
  try {
    symlinkSync(text, path);
    return text;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return readlinkSync(path);
    throw error;
  }
}

/** Puts a file in place whole: after a crash there is all of it or nothing. */
export function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}`;
  const file = openSync(unfinished, 'w', 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(unfinished, path);
}

/** Tells whoever watches that a task has changed. Nobody depends on it: a missed one is found by looking. */
export function announceChange(
  changesDirectory: string,
  executionId: string,
  phase: 'running' | 'ended',
): void {
  try {
    symlinkSync(phase, join(changesDirectory, `${executionId}.${phase}`));
  } catch {
    // There already, or the disk is full.
  }
}

/** The log file of a task. Written without a buffer that could grow: the pipe waits while the disk does. */
export class LogWriter {
  private readonly file: number;
  private readonly index: number;
  private readonly output = Buffer.allocUnsafe(outputSize);
  private outputLength = 0;
  private outputLines = 0;
  private offset = 0;
  private lines = 0;
  private indexedOffset = 0;
  private lastTime = 0;
  private isCapped = false;
  /** Lines that the disk did not take, and why. */
  private lost: { count: number; reason: string } | undefined;

  constructor(
    directory: string,
    private readonly capBytes: number,
  ) {
    this.file = openSync(join(directory, taskFileNames.log), 'w', 0o600);
    this.index = openSync(join(directory, taskFileNames.index), 'w', 0o600);
  }

  /** Now, but never earlier than a line that was stamped before. */
  now(): number {
    this.lastTime = Math.max(this.lastTime, Date.now());
    return this.lastTime;
  }

  /** Adds one line; `bytes` is copied. */
  add(header: Buffer, bytes: Buffer, isValid: boolean): void {
    if (this.isCapped) return;
    const text = isValid || isUtf8(bytes) ? bytes : Buffer.from(bytes.toString('utf8'));
    if (this.offset + this.outputLength + headerLength + text.length >= this.capBytes) {
      this.isCapped = true;
      this.append(
        this.ownHeader(),
        Buffer.from(`refacet: output beyond ${describeBytes(this.capBytes)} is not kept`),
      );
      return;
    }
    this.append(header, text);
  }

  /** Adds a line of our own. */
  note(message: string): void {
    this.now();
    this.append(this.ownHeader(), Buffer.from(`refacet: ${message}`));
    this.flush();
  }

  /** What stands before each line of a chunk that arrives now. */
  header(stream: 'o' | 'e'): Buffer {
    return Buffer.from(`${this.now()} ${stream} `);
  }

  /** Stamped like the line before, since lines of the same chunk may follow. */
  private ownHeader(): Buffer {
    return Buffer.from(`${this.lastTime || this.now()} r `);
  }

  /** Writes what was added. What the disk does not take is counted, and said as soon as there is room again. */
  flush(): void {
    if (this.outputLength === 0) return;
    if (this.lost !== undefined && !this.sayWhatWasLost()) {
      this.lost.count += this.outputLines;
    } else {
      const written = this.write(this.output.subarray(0, this.outputLength), this.outputLines);
      if (written < this.outputLines && this.lost !== undefined)
        this.lost.count += this.outputLines - written;
    }
    this.outputLength = 0;
    this.outputLines = 0;
  }

  /** Ends the log; says what of it is missing. */
  close(): string | undefined {
    this.flush();
    if (this.lost !== undefined) this.sayWhatWasLost();
    try {
      fsyncSync(this.file);
    } catch (error) {
      this.lost ??= { count: 0, reason: errorText(error) };
    }
    return this.lost && describeLoss(this.lost);
  }

  private append(header: Buffer, text: Buffer): void {
    if (this.outputLength + headerLength + text.length + 1 > outputSize) this.flush();
    header.copy(this.output, this.outputLength);
    text.copy(this.output, this.outputLength + headerLength);
    this.outputLength += headerLength + text.length;
    this.output[this.outputLength] = newline;
    this.outputLength += 1;
    this.outputLines += 1;
  }

  private sayWhatWasLost(): boolean {
    if (this.lost === undefined) return true;
    const record = Buffer.concat([this.ownHeader(), Buffer.from(`refacet: ${describeLoss(this.lost)}\n`)]);
    if (this.write(record, 1) === 0) return false;
    this.lost = undefined;
    return true;
  }

  /** Writes records, and returns how many lines of them are in the file now, whole. */
  private write(records: Buffer, lineCount: number): number {
    let length = 0;
    let written = lineCount;
    try {
      while (length < records.length) {
        length += writeSync(this.file, records, length, records.length - length, this.offset + length);
      }
    } catch (error) {
      // Readers may have seen the whole lines already, so those stay; the torn one goes.
      length = length === 0 ? 0 : records.lastIndexOf(newline, length - 1) + 1;
      written = countLines(records.subarray(0, length));
      this.lost ??= { count: 0, reason: errorText(error) };
      try {
        ftruncateSync(this.file, this.offset + length);
      } catch {
        // Readers leave out a torn line, and the next write begins where it did.
      }
    }
    this.offset += length;
    this.lines += written;
    if (this.offset - this.indexedOffset >= indexEvery) this.writeIndexEntry();
    return written;
  }

  private writeIndexEntry(): void {
    const entry = Buffer.alloc(16);
    entry.writeBigUInt64BE(BigInt(this.lines));
    entry.writeBigUInt64BE(BigInt(this.offset), 8);
    try {
      writeSync(this.index, entry);
      this.indexedOffset = this.offset;
    } catch {
      // The index only saves reading.
    }
  }
}

function countLines(records: Buffer): number {
  let count = 0;
  for (let at = records.indexOf(newline); at >= 0; at = records.indexOf(newline, at + 1)) count += 1;
  return count;
}

const describeLoss = (lost: { count: number; reason: string }): string =>
  `${lost.count} lines of output were not kept: ${lost.reason}`;

/** `1073741824` as `1 GiB`. */
export function describeBytes(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), units.length - 1);
  return `${String(Math.round((bytes / 1024 ** power) * 10) / 10)} ${units[power] ?? ''}`;
}

/** Cuts what a stream delivers into lines. */
export class LineSplitter {
  private readonly pending = Buffer.allocUnsafe(lineLimit);
  private pendingLength = 0;

  constructor(
    private readonly log: LogWriter,
    private readonly stream: 'o' | 'e',
  ) {}

  add(chunk: Buffer): void {
    const header = this.log.header(this.stream);
    const isValid = this.pendingLength === 0 && isUtf8(chunk);
    let start = 0;
    for (;;) {
      const lineEnd = chunk.indexOf(newline, start);
      const end = lineEnd < 0 ? chunk.length : lineEnd;
      while (this.pendingLength + end - start > lineLimit) start += this.cut(header, chunk, start);
      if (lineEnd < 0) {
        this.keep(chunk, start, end);
        break;
      }
      if (this.pendingLength === 0) {
        this.log.add(header, withoutLineEnd(chunk.subarray(start, end)), isValid);
      } else {
        this.keep(chunk, start, end);
        this.log.add(header, withoutLineEnd(this.pending.subarray(0, this.pendingLength)), false);
        this.pendingLength = 0;
      }
      start = lineEnd + 1;
    }
    this.log.flush();
  }

  /** A last line counts without its line end. */
  end(): void {
    if (this.pendingLength === 0) return;
    this.log.add(this.log.header(this.stream), this.pending.subarray(0, this.pendingLength), false);
    this.pendingLength = 0;
    this.log.flush();
  }

  private keep(chunk: Buffer, start: number, end: number): void {
    this.pendingLength += chunk.copy(this.pending, this.pendingLength, start, end);
  }

  /** Emits a full piece, not through the middle of a character, and returns how many bytes of the chunk it took. */
  private cut(header: Buffer, chunk: Buffer, start: number): number {
    const taken = lineLimit - this.pendingLength;
    this.keep(chunk, start, start + taken);
    let length = lineLimit;
    while (length > lineLimit - 3 && ((this.next(length, chunk, start + taken) ?? 0) & 0xc0) === 0x80)
      length -= 1;
    this.log.add(header, this.pending.subarray(0, length), false);
    this.pending.copyWithin(0, length);
    this.pendingLength = lineLimit - length;
    return taken;
  }

  /** The byte behind the first `length` ones. */
  private next(length: number, chunk: Buffer, rest: number): number | undefined {
    return length < lineLimit ? this.pending[length] : chunk[rest];
  }
}

const withoutLineEnd = (line: Buffer): Buffer =>
  line[line.length - 1] === carriageReturn ? line.subarray(0, -1) : line;

/** Why a task could not be started; a sentence for the log. */
class StartFailure extends Error {}

interface ProcessEnd {
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
}

interface ProcessOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly output: readonly ['ignore', number, number] | readonly ['ignore', 'ignore', 'pipe'];
}

/** A process with everything that it brings forth, in a sandbox or as a process group. */
class Contained {
  readonly child: ChildProcess;
  readonly startTime: string;
  /** Settles once the command has begun; rejects with a {@link StartFailure} when it never will. */
  readonly begun: Promise<void>;
  /** Settles once the command itself has ended; what it left behind may go on. */
  readonly ended: Promise<ProcessEnd>;
  /** The first process inside the sandbox. */
  first: { readonly pid: number; readonly startTime: string } | undefined;
  private exitCode: number | undefined;

  constructor(
    private readonly instruction: TaskInstruction,
    command: readonly string[],
    options: ProcessOptions,
  ) {
    const { sandbox, controlGroup } = instruction;
    const contained = sandbox
      ? [sandbox.program, '--args', '4', '--json-status-fd', '3', '--', ...command]
      : [...command];
    // The group is joined before anything of the task runs.
    const [program = '', ...programArguments] = controlGroup
      ? ['/bin/sh', '-c', 'echo 0 > "$0/cgroup.procs" && exec "$@"', controlGroup, ...contained]
      : contained;
    this.child = spawn(program, programArguments, {
      cwd: sandbox ? '/' : options.directory,
      // A sandboxed task's environment must not reach the sandbox's own program, which stands outside: LD_PRELOAD.
      env: sandbox ? {} : options.environment,
      stdio: sandbox ? [...options.output, 'pipe', 'pipe'] : [...options.output],
      detached: true,
    });
    this.startTime = (this.child.pid && findProcessStartTime(this.child.pid)) || '';
    const exited = new Promise<ProcessEnd>((resolve, reject) => {
      this.child.once('error', (error) => reject(new StartFailure(error.message)));
      this.child.once('exit', (code, signal) =>
        resolve({ code: code ?? undefined, signal: signal ?? undefined }),
      );
    });
    const { stdio } = this.child;
    const status = stdio[3];
    if (sandbox && status instanceof Socket) {
      const statusRead = this.readStatus(status);
      this.begun = statusRead.begun;
      this.ended = exited.then(() => statusRead.ended).then(() => this.findSandboxedEnd());
    } else {
      this.begun = this.child.pid === undefined ? exited.then(() => undefined) : Promise.resolve();
      this.ended = exited;
    }
    const setup = stdio[4];
    if (sandbox && setup instanceof Socket) {
      setup.on('error', () => undefined);
      setup.end(describeSandbox(sandbox.options, options));
    }
    // Awaited later, or not at all by a task that was stopped before.
    this.begun.catch(() => undefined);
    this.ended.catch(() => undefined);
  }

  /** Asks every process to end; `false` while the command's first process is still being made. */
  terminate(): boolean {
    const { first } = this;
    if (this.instruction.sandbox === undefined) {
      return this.child.pid !== undefined && sendSignal(-this.child.pid, 'SIGTERM');
    }
    // Never the sandbox's own program: it would end at once, and orphan what it has started or is about to.
    if (first === undefined) return false;
    return findNamespaceMembers(first.pid).filter((member) => sendSignal(member, 'SIGTERM')).length > 0;
  }

  /** Ends every process, or as many as can be known. */
  kill(): void {
    this.killControlGroup();
    const { first } = this;
    if (first !== undefined && findProcessStartTime(first.pid) === first.startTime) {
      // Takes its whole PID namespace along.
      sendSignal(first.pid, 'SIGKILL');
    } else if (this.child.pid !== undefined) {
      sendSignal(-this.child.pid, 'SIGKILL');
    }
  }

  /** Whether any process is left that {@link Contained.kill} would reach. */
  isAlive(): boolean {
    if (this.instruction.sandbox !== undefined && this.first !== undefined) {
      return findProcessStartTime(this.first.pid) === this.first.startTime;
    }
    try {
      return this.child.pid !== undefined && process.kill(-this.child.pid, 0);
    } catch {
      // Nobody is left in the group.
      return false;
    }
  }

  private killControlGroup(): void {
    const { controlGroup } = this.instruction;
    try {
      if (controlGroup !== undefined) writeFileSync(join(controlGroup, 'cgroup.kill'), '1', { flag: 'r+' });
    } catch {
      // Linux before 5.14 has no such file; the signals do what they can.
    }
  }

  /** Reads what the sandbox says of itself: `{"child-pid": …}`, and `{"exit-code": …}` once the command has ended. */
  private readStatus(status: Socket): { begun: Promise<void>; ended: Promise<void> } {
    let text = '';
    status.setEncoding('utf8');
    status.on('error', () => undefined);
    const ended = new Promise<void>((resolve) => status.once('close', () => resolve()));
    const begun = new Promise<void>((resolve, reject) => {
      status.on('data', (part: string) => {
        text += part;
        const pid = Number(/"child-pid": *(\d+)/.exec(text)?.[1]);
        if (pid > 0 && this.first === undefined) {
          this.first = { pid, startTime: findProcessStartTime(pid) ?? '' };
          resolve();
        }
        const code = /"exit-code": *(\d+)/.exec(text)?.[1];
        if (code !== undefined) this.exitCode = Number(code);
      });
      void ended.then(() => reject(new StartFailure('the sandbox did not start')));
    });
    return { begun, ended };
  }

  private findSandboxedEnd(): ProcessEnd {
    if (this.first === undefined) throw new StartFailure('the sandbox did not start');
    // Without a code, something outside killed the sandbox whole: the kernel, short of memory.
    if (this.exitCode === undefined) return { code: undefined, signal: 'SIGKILL' };
    return { code: this.exitCode, signal: undefined };
  }
}

/** Options by file descriptor: what is in an argument list can be read by everybody on the machine. */
function describeSandbox(options: readonly string[], { environment, directory }: ProcessOptions): string {
  const variables = Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value]);
  return [...options, ...variables, '--chdir', directory].map((option) => `${option}\0`).join('');
}

/** What ends a task; the text of the link that decides it. */
type Order = 'exit' | 'kill' | 'timeout' | 'lost';

/** One task from its handover to its exit record. */
class Supervision {
  private readonly log: LogWriter;
  private contained: Contained | undefined;
  private stopped: Promise<void> | undefined;
  private wasForced = false;

  constructor(
    private readonly directory: string,
    private readonly instruction: TaskInstruction,
  ) {
    this.log = new LogWriter(directory, instruction.logCapBytes);
  }

  async run({ wasToldToStop }: { readonly wasToldToStop: boolean }): Promise<void> {
    if (wasToldToStop || this.isSealed()) this.lookAtOrders();
    this.watchDeadline();
    try {
      const { checkout } = this.instruction;
      const workingDirectory = checkout ? await this.checkOut(checkout) : join(this.path('files'), 'work');
      const end = this.stopped ? undefined : await this.runCommand(workingDirectory);
      await this.finish(end, undefined);
    } catch (error) {
      this.contained?.kill();
      if (!(error instanceof StartFailure)) throw error;
      await this.finish(undefined, error.message);
    }
  }

  /** Looks for an order to stop. Being asked without one means that the machine or its service manager goes down. */
  lookAtOrders(): void {
    if (this.seal('lost') !== 'exit') this.stop();
  }

  /** There is nothing to run: the server ended before it had said what. */
  async abandon(): Promise<void> {
    await this.finish(undefined, 'the server stopped before it had handed the task over');
  }

  /** The supervisor itself is broken: ends what runs and says so. */
  async fail(reason: string): Promise<void> {
    this.contained?.kill();
    this.seal('lost');
    await this.finish(undefined, `its supervisor failed: ${reason}`);
  }

  private path(name: keyof typeof taskFileNames): string {
    return join(this.directory, taskFileNames[name]);
  }

  private seal(order: Order): Order {
    try {
      return sealOnce(this.path('ending'), order) as Order;
    } catch {
      // A link takes no room; where even that fails nobody else can decide either.
      return order;
    }
  }

  private isSealed(): boolean {
    try {
      return readlinkSync(this.path('ending')) !== '';
    } catch {
      // The usual case: nobody has ended it yet.
      return false;
    }
  }

  /** By the wall clock, which goes on while the machine sleeps: looked at often, never waited for at a stretch. */
  private watchDeadline(): void {
    const { timeout } = this.instruction;
    if (timeout === undefined) return;
    const left = timeout.at - Date.now();
    if (left > 0) {
      setTimeout(() => this.watchDeadline(), Math.min(left, 5000));
    } else if (this.seal('timeout') === 'timeout') {
      this.stop();
    }
  }

  private stop(): void {
    this.stopped ??= this.stopProcesses();
  }

  private async stopProcesses(): Promise<void> {
    const { contained } = this;
    if (contained === undefined) return;
    const grace = pause(this.instruction.killGraceMs).then(() => 'over' as const);
    await Promise.race([grace, contained.begun.catch(() => undefined)]);
    if ((await Promise.race([grace, terminate(contained)])) === 'over') {
      this.wasForced = true;
      contained.kill();
    }
  }

  /** Runs a process to its end and sees to it that nothing of it is left. */
  private async runContained(
    command: readonly string[],
    options: ProcessOptions,
    onBegun: (contained: Contained) => void | Promise<void>,
  ): Promise<ProcessEnd> {
    const contained = this.startContained(command, options);
    await contained.begun;
    await onBegun(contained);
    const end = await contained.ended;
    // A grace is for all of a task's processes. One that ends by itself takes the rest along, as a container does.
    await this.stopped;
    contained.kill();
    this.contained = undefined;
    return end;
  }

  private startContained(command: readonly string[], options: ProcessOptions): Contained {
    try {
      this.contained = new Contained(this.instruction, command, options);
      return this.contained;
    } catch (error) {
      // Node throws for what it does not expect of the system: too long a list of arguments.
      throw new StartFailure(errorText(error));
    }
  }

  private async runCommand(directory: string): Promise<ProcessEnd> {
    const outputs = [this.openOutput('stdout', 'o'), this.openOutput('stderr', 'e')] as const;
    const end = await this.runContained(
      ['/bin/sh', '-c', this.instruction.command],
      {
        environment: this.instruction.environment,
        directory,
        output: ['ignore', outputs[0].writeEnd, outputs[1].writeEnd],
      },
      (contained) => this.recordStart(contained),
    ).finally(() => outputs.forEach((output) => output.closeWriteEnd()));
    await Promise.race([Promise.all(outputs.map((output) => output.read)), pause(drainLimitMs)]);
    for (const output of outputs) output.lines.end();
    return end;
  }

  /**
   * Named pipes, not the sockets that Node would make: a shell cannot open `/dev/stderr` when it is a socket. The end
   * for writing stays open here until the command has it.
   */
  private openOutput(name: 'stdout' | 'stderr', stream: 'o' | 'e') {
    const lines = new LineSplitter(this.log, stream);
    const readEnd = openSync(this.path(name), constants.O_RDONLY | constants.O_NONBLOCK);
    let writeEnd: number | undefined = openSync(this.path(name), constants.O_WRONLY);
    const read = new Promise<void>((resolve) => {
      // Node's types do not know of `onread`: one buffer for all that is ever read.
      const options = {
        fd: readEnd,
        readable: true,
        writable: false,
        onread: {
          buffer: Buffer.allocUnsafe(lineLimit),
          callback: (length: number, buffer: Uint8Array) => {
            lines.add(Buffer.from(buffer.buffer, buffer.byteOffset, length));
            return true;
          },
        },
      };
      const socket = new Socket(options);
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
      socket.resume();
    });
    return {
      lines,
      read,
      writeEnd,
      closeWriteEnd() {
        if (writeEnd !== undefined) closeSync(writeEnd);
        writeEnd = undefined;
      },
    };
  }

  /** Not at once but beside reading the pipes: what the two of them got in the meantime could not be told apart in time. */
  private async recordStart({ child, startTime, first }: Contained): Promise<void> {
    const record: StartRecord = {
      startedAt: this.log.now(),
      pid: child.pid ?? 0,
      startTime,
      sandbox: first,
    };
    try {
      await writeReserved(this.path('start'), record);
    } catch (error) {
      throw new StartFailure(errorText(error));
    }
    this.announce('running');
  }

  private announce(phase: 'running' | 'ended'): void {
    announceChange(join(this.directory, '..', changesDirectoryName), this.instruction.executionId, phase);
    acknowledge(phase);
  }

  /** Fetches the repository, and resolves to the folder to run in. */
  private async checkOut(checkout: CheckoutInstruction): Promise<string> {
    acknowledge('preparing');
    const work = join(this.path('files'), 'work');
    const { environment, url, ref, path } = checkout;
    const git = findProgram('git', environment['PATH'] ?? '');
    if (git === undefined) throw new StartFailure('git is not installed on this machine');
    let messages = '';
    let messagesRead: Promise<unknown> = Promise.resolve();
    const end = await this.runContained(
      [git, 'clone', '--quiet', '--depth=1', '--template=', `--branch=${ref}`, '--', url, '.'],
      { environment, directory: work, output: ['ignore', 'ignore', 'pipe'] },
      ({ child }) => {
        child.stderr?.setEncoding('utf8').on('data', (text: string) => {
          messages = (messages + text).slice(-lineLimit);
        });
        messagesRead = new Promise((resolve) => child.stderr?.once('close', resolve));
      },
    );
    await Promise.race([messagesRead, pause(drainLimitMs)]);
    if (this.stopped) return work;
    const shown = withoutSecrets(url, checkout.secrets);
    if (end.code !== 0) {
      const reason = withoutSecrets(messages, checkout.secrets)
        .trim()
        .replace(/\s*\n\s*/g, '; ')
        .slice(-1024);
      throw new StartFailure(
        `git could not fetch ${shown} at ${ref}: ${reason || `exit code ${String(end.code ?? end.signal)}`}`,
      );
    }
    this.log.note(`checked out ${shown} at ${ref}${describeCommit(join(work, '.git'))}`);
    return findFolder(work, path);
  }

  /** Writes the exit record, whatever it takes, and leaves. */
  private async finish(end: ProcessEnd | undefined, failure: string | undefined): Promise<void> {
    const order = this.seal('exit');
    const ending = describeEnding(order, end, failure, {
      wasForced: this.wasForced,
      isSandboxed: this.instruction.sandbox !== undefined,
      graceSeconds: this.instruction.killGraceMs / 1000,
      timeoutSeconds: this.instruction.timeout?.seconds,
    });
    const notes = [this.log.close(), this.describeMemory(), ending.reason];
    const record: ExitRecord = {
      endedBy: ending.endedBy,
      exitCode: ending.exitCode,
      endedAt: this.log.now(),
      closing: notes
        .filter((note) => note !== undefined)
        .map((note) => ({
          timestamp: this.log.now(),
          message: `refacet: ${note}`.slice(0, reserveSize / 2),
        })),
    };
    await this.writeExit(record);
    this.announce('ended');
    await cleanUp(this.directory, this.instruction.controlGroup);
  }

  private describeMemory(): string | undefined {
    const { controlGroup } = this.instruction;
    if (controlGroup === undefined) return undefined;
    try {
      const events = readFileSync(join(controlGroup, 'memory.events'), 'latin1');
      return Number(/^oom_kill (\d+)$/m.exec(events)?.[1] ?? 0) > 0
        ? "a process was killed for reaching the image's memory limit"
        : undefined;
    } catch {
      // No limit on memory, so no such file.
      return undefined;
    }
  }

  /** Into the room that was taken at the start; tries again for as long as the disk refuses. */
  private async writeExit(record: ExitRecord): Promise<void> {
    for (;;) {
      try {
        await writeReserved(this.path('exit'), record);
        syncDirectory(this.directory);
        return;
      } catch {
        await pause(1000);
      }
    }
  }
}

/** Asks all processes to end, once, and waits until they have. What they start in order to clean up is left alone. */
async function terminate(contained: Contained): Promise<void> {
  let wasAsked = false;
  for (let wait = 5; contained.isAlive(); wait = Math.min(wait * 2, 100)) {
    wasAsked ||= contained.terminate();
    await pause(wait);
  }
}

function describeEnding(
  order: Order,
  end: ProcessEnd | undefined,
  failure: string | undefined,
  about: {
    readonly wasForced: boolean;
    readonly isSandboxed: boolean;
    readonly graceSeconds: number;
    readonly timeoutSeconds: number | undefined;
  },
): { endedBy: ExitRecord['endedBy']; exitCode?: number; reason?: string } {
  const force = about.wasForced ? `, by force after ${about.graceSeconds} s of grace` : '';
  if (order === 'kill') return { endedBy: 'kill', exitCode: 130, reason: `killed on request${force}` };
  if (order === 'timeout') {
    const limit = `ended by its timeout of ${String(about.timeoutSeconds)} s`;
    return { endedBy: 'timeout', exitCode: 124, reason: limit + force };
  }
  if (order === 'lost') {
    return {
      endedBy: 'lost',
      reason: `lost: ${failure ?? 'its supervisor was told to stop by the machine'}`,
    };
  }
  if (failure !== undefined) return { endedBy: 'failed-to-start', reason: `could not start: ${failure}` };
  if (end?.signal) {
    const exitCode = 128 + osConstants.signals[end.signal];
    return { endedBy: 'signal', exitCode, reason: `ended by ${end.signal}, exit code ${exitCode}` };
  }
  const exitCode = end?.code ?? 1;
  // Of a signal, the sandbox tells what a shell would: the code.
  const signal = about.isSandboxed ? signalOf(exitCode) : undefined;
  if (signal === undefined) return { endedBy: 'exit', exitCode };
  return { endedBy: 'signal', exitCode, reason: `exit code ${exitCode}, as after ${signal}` };
}

const signalOf = (exitCode: number): string | undefined =>
  Object.entries(osConstants.signals).find(([, number]) => number === exitCode - 128)?.[0];

function withoutSecrets(text: string, secrets: readonly string[]): string {
  let masked = text;
  for (const secret of secrets) masked = masked.replaceAll(secret, '***');
  return masked.replace(/(\/\/)[^/@\s]+@/g, '$1***@');
}

function describeCommit(gitDirectory: string): string {
  try {
    const head = readFileSync(join(gitDirectory, 'HEAD'), 'utf8').trim();
    const commit = head.startsWith('ref: ')
      ? readFileSync(join(gitDirectory, head.slice('ref: '.length)), 'utf8').trim()
      : head;
    return /^[0-9a-f]{40,64}$/.test(commit) ? ` (${commit})` : '';
  } catch {
    // Kept in another way; a log line is not worth more.
    return '';
  }
}

/** A folder of the checkout. What a link in it points to outside is as absent as what does not exist. */
function findFolder(root: string, path: string): string {
  try {
    const top = realpathSync(root);
    const folder = realpathSync(join(root, path));
    if ((folder === top || folder.startsWith(`${top}/`)) && statSync(folder).isDirectory()) return folder;
  } catch {
    // Does not exist.
  }
  throw new StartFailure(`there is no folder "${path}" in the checkout`);
}

function findProgram(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

/** Tells the server, if it still listens. */
function acknowledge(what: 'preparing' | 'running' | 'ended'): void {
  try {
    writeSync(1, `${what}\n`);
  } catch {
    // It has what it wanted to know, or is gone.
  }
}

/** Lets what was made, moved or linked in a directory survive a power failure. */
export function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } catch {
    // Not every file system can: then it is as durable as it gets.
  } finally {
    closeSync(handle);
  }
}

const reserveOf = (path: string): string => `${path}.reserve`;

/** Takes the room that a task's records need while there is some: a task must not start that could not end. */
export function reserveRoom(directory: string): void {
  for (const name of [taskFileNames.start, taskFileNames.exit]) {
    writeFileSync(reserveOf(join(directory, name)), ' '.repeat(reserveSize), { mode: 0o600 });
  }
}

/** Puts a record in place whole, into the room that was taken for it. */
async function writeReserved(path: string, record: StartRecord | ExitRecord): Promise<void> {
  const file = await open(reserveOf(path), constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    await file.write(JSON.stringify(record).padEnd(reserveSize), 0);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(reserveOf(path), path);
}

/** Removes what nobody will look at: the task's own files, which may hold secrets, and the pipes. */
async function cleanUp(directory: string, controlGroup: string | undefined): Promise<void> {
  const { files, stdout, stderr, start } = taskFileNames;
  for (const name of [files, stdout, stderr, reserveOf(start)]) {
    try {
      rmSync(join(directory, name), { recursive: true, force: true });
    } catch {
      // A folder that the task made unreadable stays behind.
    }
  }
  for (let attempt = 0; controlGroup !== undefined && attempt < 20; attempt += 1) {
    try {
      rmdirSync(controlGroup);
      return;
    } catch {
      // Its last processes are still being taken down.
      await pause(50);
    }
  }
}

async function readInstruction(): Promise<TaskInstruction | undefined> {
  const parts: Buffer[] = [];
  try {
    for await (const part of process.stdin) parts.push(part as Buffer);
    return JSON.parse(Buffer.concat(parts).toString('utf8')) as TaskInstruction;
  } catch {
    // Cut off: the server ended in the middle.
    return undefined;
  }
}

async function supervise(directory: string): Promise<void> {
  let wasToldToStop = false;
  let onTold = (): void => {
    wasToldToStop = true;
  };
  // Before the claim: whoever reads it may send a signal.
  process.on('SIGTERM', () => onTold());
  for (const signal of ['SIGINT', 'SIGHUP', 'SIGXFSZ'] as const) process.on(signal, () => undefined);
  process.umask(0o022);
  const claim = `${process.pid}:${findProcessStartTime(process.pid) ?? ''}`;
  if (sealOnce(join(directory, taskFileNames.claim), claim) !== claim) return;
  const instruction = await readInstruction();
  const supervision = new Supervision(directory, instruction ?? nothingToDo(directory));
  onTold = () => supervision.lookAtOrders();
  try {
    if (instruction === undefined) await supervision.abandon();
    else await supervision.run({ wasToldToStop });
  } catch (error) {
    await supervision.fail(errorText(error));
  }
  process.exit(0);
}

const nothingToDo = (directory: string): TaskInstruction => ({
  executionId: basename(directory),
  command: '',
  environment: {},
  killGraceMs: 0,
  logCapBytes: lineLimit,
});

// Imported, this file only lends its formats.
const [, program, directory] = process.argv;
if (
  program !== undefined &&
  directory !== undefined &&
  realpathSync(program) === fileURLToPath(import.meta.url)
) {
  await supervise(directory);
}
