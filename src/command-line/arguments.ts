/** What was typed after `sts-dane`, as a command; or what is wrong with it, as a message to say. */
import { parseArgs } from 'node:util';
import type { Args } from '../view/messages/say.ts';
import type { Lang } from '../view/messages/lang.ts';
import type { Line } from '../view/messages/line.ts';
import type { MessageKey } from '../view/messages/message-key.ts';
import { resolverAddress, type ResolverFault } from '../world/live/resolver-address.ts';

/** Each command with the formats that it can answer in, the usual one first. */
const formatsOf = {
  check: ['text', 'json', 'nagios', 'openmetrics', 'github', 'junit'],
  watch: ['text', 'json', 'nagios', 'openmetrics', 'github', 'junit'],
  simulate: ['text', 'json'],
  policy: ['text', 'json', 'github'],
  tlsa: ['text', 'json', 'ics'],
  plan: ['text', 'json', 'ics'],
  report: ['text', 'json', 'csv'],
  schema: ['json'],
} as const;

export type Command = keyof typeof formatsOf;
export type Format = (typeof formatsOf)[Command][number];
export const commands = Object.keys(formatsOf) as readonly Command[];

/** What an option takes: nothing, a text, or a whole number within bounds. */
const known = {
  help: { kind: 'flag' },
  version: { kind: 'flag' },
  lang: { kind: 'text' },
  json: { kind: 'flag' },
  format: { kind: 'text' },
  quiet: { kind: 'flag' },
  resolver: { kind: 'text' },
  /** A file with trust anchors. */
  anchor: { kind: 'text' },
  /** A file with names; `-` is standard input. */
  list: { kind: 'text' },
  connect: { kind: 'flag' },
  port: { kind: 'number', least: 1, most: 65_535 },
  'every-address': { kind: 'flag' },
  /** Kinds of signature, with commas. */
  certificates: { kind: 'text' },
  /** Seconds that each step of a connection is waited for. */
  timeout: { kind: 'number', least: 1, most: 300 },
  /** Names under way at once, of a list. */
  'at-once': { kind: 'number', least: 1, most: 64 },
  'warning-days': { kind: 'number', least: 0, most: 825 },
  'critical-days': { kind: 'number', least: 0, most: 825 },
  'signature-warning-hours': { kind: 'number', least: 0, most: 8760 },
  'signature-critical-hours': { kind: 'number', least: 0, most: 8760 },
  badge: { kind: 'text' },
  link: { kind: 'text' },
  state: { kind: 'text' },
  output: { kind: 'text' },
  /** Seconds between the beginnings of two rounds. */
  interval: { kind: 'number', least: 10, most: 31_536_000 },
  host: { kind: 'text' },
  ttl: { kind: 'number', least: 0, most: 2_147_483_647 },
  /** A file with the next certificate or key. */
  next: { kind: 'text' },
  /** A day, `2026-12-24`. */
  on: { kind: 'text' },
  'check-deploy': { kind: 'flag' },
  domain: { kind: 'text' },
  from: { kind: 'text' },
  to: { kind: 'text' },
  'max-age': { kind: 'number', least: 0, most: 31_557_600 },
} as const;

type Known = typeof known;
type OptionName = keyof Known;
type Named<Kind extends string> = {
  [Name in OptionName]: Known[Name]['kind'] extends Kind ? Name : never;
}[OptionName];
type Camel<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<Camel<Tail>>}`
  : Text;

/** As typed, in camel case; what was not typed is false or absent. */
export type Options = { readonly [Name in Named<'flag'> as Camel<Name>]: boolean } & {
  readonly [Name in Exclude<Named<'text'>, 'format'> as Camel<Name>]?: string;
} & { readonly [Name in Exclude<Named<'number'>, 'port'> as Camel<Name>]?: number } & {
  readonly format: Format;
  readonly port: number;
};

/** A command to be run, with what it is about. */
export type Run = Extract<Arguments, { kind: 'run' }>;

export type Arguments =
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly operands: readonly string[];
      readonly options: Options;
      readonly lang: Lang;
    }
  | { readonly kind: 'help'; readonly command?: Command; readonly lang: Lang }
  | { readonly kind: 'version'; readonly lang: Lang }
  | (Line & {
      readonly kind: 'wrong';
      readonly command?: Command;
      /** As far as it was understood: a monitor must not take a typing error for an outage. */
      readonly format?: Format;
      readonly lang: Lang;
    });

const measuring = [
  ...['resolver', 'anchor', 'connect', 'port', 'every-address', 'certificates', 'timeout'],
  ...['at-once', 'warning-days', 'critical-days'],
  ...['signature-warning-hours', 'signature-critical-hours'],
] as readonly OptionName[];

/** Which options a command knows, beside `anywhere`. */
const optionsOf: Readonly<Record<Command, readonly OptionName[]>> = {
  check: [...measuring, 'list', 'quiet', 'badge', 'link'],
  watch: [...measuring, 'state', 'output', 'interval', 'quiet'],
  simulate: [],
  policy: [],
  tlsa: ['host', 'port', 'ttl', 'next', 'on', 'check-deploy', 'state', 'resolver', 'anchor'],
  plan: ['domain', 'from', 'to', 'ttl', 'max-age', 'on'],
  report: [],
  schema: [],
};

const anywhere: readonly OptionName[] = ['help', 'lang', 'version', 'json', 'format'];
const defaultPort = 25;
const short: Readonly<Record<string, OptionName>> = { h: 'help', q: 'quiet' };

/** The language of the environment where it is one of ours, else Dutch, as on the site. */
export function langOf(environment: Readonly<Record<string, string | undefined>>): Lang {
  const told = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return told.toLowerCase().startsWith('en') ? 'en' : 'nl';
}

const isCommand = (word: string | undefined): word is Command =>
  commands.some((command) => command === word);

/** Reads the words. Never throws. */
export function readArguments(argv: readonly string[], usualLang: Lang): Arguments {
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      Object.entries(known).map(([name, { kind }]) => [
        name,
        { type: kind === 'flag' ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Map<OptionName, string>();
  const words: string[] = [];
  let lang = usualLang;
  let fault: Line | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { rawName } = token;
    const name = token.rawName.startsWith('--') ? token.name : (short[token.name] ?? token.name);
    if (!Object.hasOwn(known, name)) {
      fault ??= { key: 'cli.wrong.option', args: { option: rawName } };
      continue;
    }
    const option = name as OptionName;
    if (known[option].kind !== 'flag') {
      // "--list --json" forgot its value, and "--list -" means standard input.
      if (!token.value || (!token.inlineValue && /^-./.test(token.value)))
        fault ??= { key: 'cli.wrong.no-value', args: { option: rawName } };
      else given.set(option, token.value);
    } else if (token.value !== undefined)
      fault ??= { key: 'cli.wrong.value', args: { option: rawName } };
    else given.set(option, '');
  }
  const wantedLang = given.get('lang');
  if (wantedLang === 'nl' || wantedLang === 'en') lang = wantedLang;
  else if (wantedLang !== undefined)
    fault ??= { key: 'cli.wrong.lang', args: { lang: wantedLang } };

  const [first, ...operands] = words;
  const command = isCommand(first) ? first : undefined;
  const wrong = (key: MessageKey, args: Args = {}): Arguments => ({
    kind: 'wrong',
    key,
    args,
    lang,
    ...(command && { command }),
    ...(given.get('format') === 'nagios' && { format: 'nagios' }),
  });
  if (given.has('version')) return { kind: 'version', lang };
  if (given.has('help') || first === 'help') {
    const about = first === 'help' ? operands[0] : first;
    return { kind: 'help', lang, ...(isCommand(about) && { command: about }) };
  }
  if (fault) return wrong(fault.key, fault.args);
  if (first === undefined) return wrong('cli.wrong.no-command');
  if (command === undefined) return wrong('cli.wrong.command', { command: first });
  for (const option of given.keys())
    if (![...anywhere, ...optionsOf[command]].includes(option))
      return wrong('cli.wrong.option-elsewhere', { option: `--${option}`, command });
  return readOptions(command, operands, given, lang, wrong);
}

function readOptions(
  command: Command,
  operands: readonly string[],
  given: ReadonlyMap<OptionName, string>,
  lang: Lang,
  wrong: (key: MessageKey, args?: Args) => Arguments,
): Arguments {
  const formats: readonly Format[] = formatsOf[command];
  const named = given.get('format') ?? (given.has('json') ? 'json' : formats[0]);
  const format = formats.find((each) => each === named);
  if (format === undefined || (given.has('json') && format !== 'json'))
    return wrong('cli.wrong.format', { format: named ?? '', formats: formats.join(', ') });
  const options: Record<string, unknown> = { format };
  for (const [name, option] of Object.entries(known)) {
    const text = given.get(name as OptionName);
    const key = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
    if (option.kind === 'flag') options[key] = text !== undefined;
    else if (text === undefined || name === 'format') continue;
    else if (option.kind === 'text') options[key] = text;
    else {
      const { least, most } = option;
      const value = Number(text);
      if (!/^\d+$/.test(text) || value < least || value > most)
        return wrong('cli.wrong.number', { option: `--${name}`, least, most });
      options[key] = value;
    }
  }
  const key = faultOf(command, operands, given);
  if (key !== undefined) return wrong(key);
  for (const [option, needed] of needs)
    if (given.has(option) && optionsOf[command].includes(needed) && !given.has(needed))
      return wrong('cli.wrong.needs', { option: `--${option}`, needed: `--${needed}` });
  const resolver = given.get('resolver');
  const asked = resolver === undefined ? undefined : resolverAddress(resolver);
  if (asked?.ok === false) return wrong(resolverFaultKey[asked.fault], { resolver: resolver! });
  const port = options['port'] ?? defaultPort;
  return { kind: 'run', command, operands, lang, options: { ...options, port } as Options };
}

/** What says nothing without another option, where the command has that other one. */
const needs: readonly (readonly [OptionName, OptionName])[] = [
  ...(['port', 'every-address', 'certificates', 'timeout'] as const).map(
    (option) => [option, 'connect'] as const,
  ),
  ...(['port', 'ttl', 'next', 'on', 'check-deploy'] as const).map(
    (option) => [option, 'host'] as const,
  ),
  ...(['state', 'resolver', 'anchor'] as const).map((option) => [option, 'check-deploy'] as const),
  ['check-deploy', 'state'],
  ['link', 'badge'],
];

const oneOperand: readonly Command[] = ['watch', 'simulate', 'schema', 'plan'];

/** What does not go together, or is missing. */
function faultOf(
  command: Command,
  operands: readonly string[],
  given: ReadonlyMap<OptionName, string>,
): MessageKey | undefined {
  const hasList = given.has('list');
  if (operands.length === 0 && !hasList) return `cli.wrong.nothing.${command}`;
  if (operands.length > 0 && hasList) return 'cli.wrong.list-and-names';
  if (oneOperand.includes(command) && operands.length > 1) return 'cli.wrong.one-file';
  if (hasList && given.has('connect')) return 'cli.wrong.list-and-connect';
  if (hasList && (given.has('format') || given.has('badge'))) return 'cli.wrong.list-and-format';
  const kinds = given.get('certificates')?.split(',');
  if (kinds?.some((kind) => kind !== 'rsa' && kind !== 'ecdsa')) return 'cli.wrong.certificates';
  if (given.has('badge') && operands.length > 1) return 'cli.wrong.badge';
  return undefined;
}

/** The message for an address that is not asked; that with a password does not repeat it. */
export const resolverFaultKey: Readonly<Record<ResolverFault, MessageKey>> = {
  'bad-address': 'cli.wrong.resolver',
  credentials: 'lookup.resolver.credentials',
};
