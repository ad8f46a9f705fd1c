/** What was typed after `sts-dane`, as a command; or what is wrong with it, as a message to say. */
import { parseArgs } from 'node:util';
import type { Args } from '../view/messages/say.ts';
import type { Lang } from '../view/messages/lang.ts';
import type { Line } from '../view/messages/line.ts';
import type { MessageKey } from '../view/messages/message-key.ts';
import { resolverAddress, type ResolverFault } from '../world/live/resolver-address.ts';

export const commands = ['check', 'simulate', 'policy', 'tlsa', 'report'] as const;
export type Command = (typeof commands)[number];

export interface Options {
  readonly json: boolean;
  readonly resolver?: string;
  /** A file with trust anchors. */
  readonly anchor?: string;
  /** A file with names; `-` is standard input. */
  readonly list?: string;
  readonly connect: boolean;
  readonly port: number;
  /** Names under way at once, of a list. */
  readonly atOnce?: number;
}

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
  | (Line & { readonly kind: 'wrong'; readonly command?: Command; readonly lang: Lang });

const known = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
  resolver: { type: 'string' },
  anchor: { type: 'string' },
  list: { type: 'string' },
  connect: { type: 'boolean' },
  port: { type: 'string' },
  'at-once': { type: 'string' },
} as const;

type OptionName = keyof typeof known;

/** Which options a command knows, beside `--help` and `--lang`. */
const optionsOf: Readonly<Record<Command, readonly OptionName[]>> = {
  check: ['json', 'resolver', 'anchor', 'list', 'connect', 'port', 'at-once'],
  simulate: ['json'],
  policy: ['json'],
  tlsa: ['json'],
  report: ['json'],
};

const anywhere: readonly OptionName[] = ['help', 'lang', 'version'];
const defaultPort = 25;
const mostAtOnce = 64;

/** The language of the environment where it is one of ours, else Dutch, as on the site. */
export function langOf(environment: Readonly<Record<string, string | undefined>>): Lang {
  const told = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  return told.toLowerCase().startsWith('en') ? 'en' : 'nl';
}

const isCommand = (word: string | undefined): word is Command =>
  commands.some((command) => command === word);

const countWithin = (text: string, most: number): number | undefined => {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= most ? value : undefined;
};

/** Reads the words. Never throws. */
export function readArguments(argv: readonly string[], usualLang: Lang): Arguments {
  const { tokens } = parseArgs({
    args: [...argv],
    options: known,
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
    const { name, rawName } = token;
    if (!Object.hasOwn(known, name)) {
      fault ??= { key: 'cli.wrong.option', args: { option: rawName } };
      continue;
    }
    const option = name as OptionName;
    if (known[option].type === 'string') {
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
    if (!anywhere.includes(option) && !optionsOf[command].includes(option))
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
  const port = countWithin(given.get('port') ?? String(defaultPort), 65_535);
  if (port === undefined) return wrong('cli.wrong.port', { port: given.get('port') ?? '' });
  const atOnceText = given.get('at-once');
  const atOnce = atOnceText === undefined ? undefined : countWithin(atOnceText, mostAtOnce);
  if (atOnceText !== undefined && atOnce === undefined)
    return wrong('cli.wrong.at-once', { most: mostAtOnce });
  const list = given.get('list');
  if (operands.length === 0 && list === undefined) return wrong(`cli.wrong.nothing.${command}`);
  if (operands.length > 0 && list !== undefined) return wrong('cli.wrong.list-and-names');
  if ((command === 'simulate' || command === 'policy') && operands.length > 1)
    return wrong('cli.wrong.one-file');
  if (list !== undefined && given.has('connect')) return wrong('cli.wrong.list-and-connect');
  if (given.has('port') && !given.has('connect')) return wrong('cli.wrong.port-alone');
  const resolver = given.get('resolver');
  const asked = resolver === undefined ? undefined : resolverAddress(resolver);
  if (asked?.ok === false) return wrong(resolverFaultKey[asked.fault], { resolver: resolver! });
  const anchor = given.get('anchor');
  return {
    kind: 'run',
    command,
    operands,
    lang,
    options: {
      json: given.has('json'),
      connect: given.has('connect'),
      port,
      ...(atOnce !== undefined && { atOnce }),
      ...(list !== undefined && { list }),
      ...(resolver !== undefined && { resolver }),
      ...(anchor !== undefined && { anchor }),
    },
  };
}

/** The message for an address that is not asked; that with a password does not repeat it. */
export const resolverFaultKey: Readonly<Record<ResolverFault, MessageKey>> = {
  'bad-address': 'cli.wrong.resolver',
  credentials: 'lookup.resolver.credentials',
};
