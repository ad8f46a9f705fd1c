/**
 * A trace as a scene: every question that went over a line is a moment, with what the sender concluded from it. Nothing
 * is judged here: what an answer was and what became of it stand in the trace. What a reader would not miss joins
 * the moment before it.
 */
import type { LookupAnswer } from '../../core/ask.ts';
import type { EhloAnswer, FetchPolicyAnswer, StarttlsAnswer } from '../../core/smtp/ask.ts';
import type { Evidence, TraceEvent } from '../../core/trace.ts';
import type { Belief } from '../../core/verdict.ts';
import { fillingOf } from '../../words/filling.ts';
import type { ScenarioRun } from '../../world/simulate.ts';
import type { Question, Said, Scene, State, Step, Text } from './model.ts';

type Asked = Extract<TraceEvent, { kind: 'asked' }>;

/** A moment while it is collected. */
interface Moment {
  title: string;
  question?: Question;
  told: Said[];
  rows: number[];
  change: { -readonly [Name in keyof State]?: State[Name] };
}

const said = (key: string, args?: Said['args']): Said => (args ? { key, args } : { key });

/** Rules that only count, report or repeat what another says: they are a row, and no sentence. */
const quiet =
  /failure-counted|failure-reported|record-read|dane\.mx-secure|leaf-matches|anchor-matches|departed|starttls-offered|next-host|beside-dane/;

/** After these the sender does not trust what it sees. */
const doubts =
  /tls-missing|mx-not-listed|not-authenticated|certificate-invalid|nothing-matches|level-secure-not-met|tls-required|lookup-failed|host-refused|treated-as-failure|mandatory-not-met/;
const proofs = /dane\.authenticated|host-valid|certificate-valid|level-secure-met/;

const thoughtOf: Readonly<Record<Belief, string>> = {
  proven: 'scene.thought.proven',
  encrypted: 'scene.thought.encrypted',
  readable: 'scene.thought.readable',
  undelivered: 'scene.thought.undelivered',
};

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

/** A name as it stands on a chip: without what all names here have in common. */
const shortly = (name: string, domain: string): string =>
  name.endsWith(`.${domain}`) ? name.slice(0, -domain.length - 1) : name.replace(/\.example$/, '');

const hexOf = (octets: Uint8Array): string =>
  [...octets.slice(0, 2)].map((octet) => octet.toString(16).padStart(2, '0')).join('');

/** The servers that a policy names, from its text (draft of 2016) or its body (RFC 8461). */
const serversIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bmx\s*[=:]\s*([^;\r\n]+)/g)].flatMap(([, names = '']) =>
    names.split(',').map((name) => name.trim()),
  );

/** Was what is remembered put there by an attacker? The past was run, so its trace tells. */
const isPlanted = ({ past }: ScenarioRun): boolean =>
  past.some(({ trace }) =>
    trace.events.some(
      (event) =>
        event.kind === 'asked' &&
        event.tampered !== undefined &&
        (event.ask.ask === 'fetch-policy' ||
          (event.ask.ask === 'lookup' && event.ask.name.startsWith('_smtp_sts.'))),
    ),
  );

/**
 * Draws a run together to moments.
 * `isMistaken`: does the sender at the end believe more than is true (`gapOf`)?
 */
export function sceneOf(run: ScenarioRun, isMistaken: boolean): Scene {
  const { scenario, trace, outcome, before } = run;
  const { domain } = scenario;
  const { protection } = scenario.sender;
  const remembers = /sts/.test(protection);
  const theirs = new Set(
    scenario.servers.filter(({ owner }) => owner === 'attacker').map(({ address }) => address),
  );
  const isTouched = ({ events }: { readonly events: readonly TraceEvent[] }) =>
    events.some(
      (event) =>
        event.kind === 'asked' &&
        (event.tampered !== undefined ||
          (event.ask.ask === 'connect' && theirs.has(event.ask.address))),
    );
  const isHere = isTouched(trace);
  const planted = isPlanted(run);
  const wasHere = planted && !isHere;
  const isStuck = wasHere && outcome.verdict === 'waits';
  const short = (name: string) => shortly(name, domain);
  const only = (names: readonly string[]): Text =>
    names.length > 0
      ? said('scene.only', { hosts: names.map(short).join(', ') })
      : said('scene.no');

  /** What is remembered of this domain, as a card. */
  const cardOf = (
    memory: typeof before,
    isForged: boolean,
  ): NonNullable<State['memory']> | undefined => {
    const { cached } = memory.mtaSts.get(domain as never) ?? {};
    const draft = memory.draft2016.get(domain as never);
    const names = cached?.policy.mx ?? (draft && serversIn(draft.text));
    const until = cached
      ? cached.fetchedSeconds + cached.policy.maxAgeSeconds
      : draft?.expiresSeconds;
    if (!names || until === undefined) return undefined;
    const days = Math.floor((until - scenario.clockSeconds) / 86_400);
    return {
      text: names.map(short).join(', ') || said('scene.no'),
      until: days < 0 ? said('scene.expired') : said('scene.days', { days }),
      isForged,
    };
  };

  const card = cardOf(before, planted);
  const begin: State = {
    web: protection === 'mta-sts' || protection === 'dane-and-mta-sts',
    host: short(scenario.servers.find(({ owner }) => owner !== 'attacker')?.host ?? domain),
    attacker: wasHere ? 'gone' : isHere ? 'present' : 'absent',
    letter: 'home',
    form: 'closed',
    pipe: 'plain',
    pile: 0,
    returned: 0,
    ...(card ? { memory: card } : {}),
    neverRemembers: !remembers,
    thought: said('scene.thought.nothing'),
    isMistaken: false,
  };

  const moments: Moment[] = [
    {
      title: 'begin',
      told: [
        said(remembers ? (card ? 'scene.begin.known' : 'scene.begin.new') : 'scene.begin', {
          domain,
        }),
        ...(wasHere ? [said('scene.begin.gone')] : isHere ? [said('scene.begin.attacker')] : []),
      ],
      rows: [],
      change: {},
    },
  ];
  let now = moments[0] as Moment;
  let isForgedPolicy = planted;
  let isTheirServer = false;
  let row = 0;
  const open = (title: string, question?: Question): Moment => {
    now = { title, ...(question ? { question } : {}), told: [], rows: [], change: {} };
    moments.push(now);
    return now;
  };

  for (const event of trace.events)
    if (event.kind === 'asked') asked(event);
    else {
      row++;
      stepped(event.rule, event.evidence ?? {});
    }
  ended();

  const steps = moments.map(({ title, question, told, rows, change }): Step => ({
    title: said(`scene.title.${title}`),
    tells: told,
    rows,
    change: { ...change, ...(question ? { question } : {}) },
  }));
  return { ending: isStuck ? 'stuck' : outcome.verdict, begin, steps };

  /** A question on a line opens a moment; the attacker's hand in it is told first. */
  function asked(event: Asked): void {
    const { ask, answer, tampered } = event;
    switch (ask.ask) {
      case 'lookup':
        return lookedUp(ask.name, ask.type, answer as LookupAnswer, tampered);
      case 'fetch-policy': {
        const wordsOf = (value: FetchPolicyAnswer): Text =>
          value.kind === 'failed'
            ? said('scene.web.no-answer')
            : value.status === 200
              ? only(serversIn(value.body))
              : String(value.status);
        const value = answer as FetchPolicyAnswer;
        const isBlocked = tampered !== undefined && value.kind === 'failed';
        open('policy', {
          line: 'web',
          ask: said('scene.ask.policy'),
          ...(tampered === undefined
            ? { answer: wordsOf(value) }
            : {
                answer: tampered.original
                  ? wordsOf(tampered.original as FetchPolicyAnswer)
                  : said('scene.rules'),
                ...(isBlocked ? { isBlocked } : { forged: wordsOf(value) }),
              }),
        });
        if (tampered === undefined) return;
        now.change.act = { id: isBlocked ? 'blocks' : 'poses', line: 'web' };
        now.told.push(said(isBlocked ? 'scene.blocks.policy' : 'scene.poses.policy'));
        isForgedPolicy = !isBlocked;
        return;
      }
      case 'connect': {
        isTheirServer = theirs.has(ask.address) || tampered !== undefined;
        const isOpen = (answer as { readonly kind: string }).kind === 'open';
        const change = isOpen || moments.length === 1 ? now.change : open('connect').change;
        change.pipe = 'plain';
        change.form = 'closed';
        if (!isOpen)
          now.question = {
            line: 'mail',
            ask: said('scene.ask.open'),
            answer: said('scene.no-connection'),
          };
        return;
      }
      case 'ehlo': {
        const offered = (answer as EhloAnswer).starttls;
        open('seal', {
          line: 'mail',
          ask: said('scene.ask.seal'),
          ...(tampered === undefined
            ? {
                answer: said(offered ? 'scene.yes' : 'scene.no'),
                ...(isTheirServer ? { kind: 'forged' as const } : {}),
              }
            : { answer: said('scene.yes'), forged: said('scene.not-offered') }),
        });
        if (tampered === undefined) return;
        now.change.act = { id: 'strips', line: 'mail' };
        now.told.push(said('scene.strips'));
        return;
      }
      case 'starttls': {
        const shown = answer as StarttlsAnswer;
        const names = shown.kind === 'tls' ? (shown.chain[0]?.dnsNames ?? []) : [];
        const words = names.length > 0 ? names.map(short).join(', ') : said('scene.passport.none');
        open('passport', {
          line: 'mail',
          ask: said('scene.ask.passport'),
          answer: shown.kind === 'tls' ? words : said('scene.passport.failed'),
          ...(isTheirServer || tampered ? { kind: 'forged' as const } : {}),
        });
        if (shown.kind === 'tls') Object.assign(now.change, { pipe: 'tls', form: 'sealed' });
        if (!isTheirServer && !tampered) return;
        now.change.act = { id: 'poses', line: 'mail' };
        now.told.push(said(tampered ? 'scene.poses' : 'scene.poses.own'));
        return;
      }
      case 'deliver':
        open('letter');
        return;
      default:
    }
  }

  function lookedUp(
    name: string,
    type: string,
    answer: LookupAnswer,
    tampered: Asked['tampered'],
  ): void {
    const kind = name.startsWith('_mta-sts.')
      ? 'rules'
      : name.startsWith('_smtp_sts.')
        ? 'rules-2016'
        : type === 'MX'
          ? 'who'
          : type === 'TLSA'
            ? 'key'
            : type === 'A' || type === 'AAAA'
              ? 'address'
              : undefined;
    // Of an address that was found a reader learns nothing.
    if (kind === undefined || (kind === 'address' && answer.kind === 'found' && !tampered)) return;
    const wordsOf = (value: LookupAnswer): Text => {
      if (value.kind === 'failed') return said('scene.lookup-failed');
      if (value.kind === 'absent') return said('scene.no');
      const texts = value.records.flatMap((record): readonly string[] => {
        if (record.type === 'MX') return [short(record.exchange)];
        if (record.type === 'TLSA') return [`${hexOf(record.association)}…`];
        if (record.type === 'A' || record.type === 'AAAA') return [record.address];
        if (record.type === 'TXT' && kind === 'rules-2016')
          return serversIn(new TextDecoder().decode(joined(record.strings))).map(short);
        return [];
      });
      if (kind === 'rules') return said('scene.yes-fetch');
      if (kind === 'rules-2016') return only(texts);
      if (kind === 'key') return said('scene.key', { key: texts[0] ?? '' });
      return texts.length > 0 ? texts.slice(0, 2).join(', ') : said('scene.yes');
    };
    const isBlocked = tampered !== undefined && answer.kind === 'failed' && answer.why !== 'bogus';
    const isSigned = answer.kind !== 'failed' && answer.security === 'secure';
    open(kind === 'rules-2016' ? 'rules' : kind, {
      line: 'dns',
      ask: said(`scene.ask.${kind}`, { domain, host: short(name.replace(/^_25\._tcp\./, '')) }),
      ...(tampered === undefined
        ? {
            answer: wordsOf(answer),
            ...(isSigned ? { isSigned } : {}),
          }
        : {
            answer: tampered.original
              ? wordsOf(tampered.original as LookupAnswer)
              : said('scene.yes'),
            ...(isBlocked ? { isBlocked } : { forged: forgedWords(answer, wordsOf) }),
          }),
    });
    if (tampered === undefined) return;
    now.change.act = { id: isBlocked ? 'blocks' : 'lies', line: 'dns' };
    now.told.push(said(isBlocked ? 'scene.blocks' : 'scene.lies'));
    if (kind === 'rules-2016' && !isBlocked) isForgedPolicy = true;
  }

  /** What a rule changes in the picture, and its own sentence. */
  function stepped(rule: string, evidence: Evidence): void {
    const name = rule.slice(rule.indexOf('.') + 1);
    if (/cached-policy-used|policy-expired/.test(rule) && now.question?.line !== 'dns')
      open('memory');
    if (/smtp\.(accepted|not-accepted)/.test(rule)) {
      if (now.title !== 'letter') open('letter');
    } else if (/no-usable-host|queue-lifetime-over|mx-null|domain-absent/.test(rule))
      open('letter');
    now.rows.push(row);
    if (!quiet.test(rule)) now.told.push(said(`rule.${rule}`, fillingOf(evidence)));
    const { change } = now;
    const isBad = isForgedPolicy;
    if (/mode-enforce|mode-testing/.test(name)) {
      const hosts = listOf(evidence['mx']).map(short).join(', ');
      change.rules = {
        text: said(name === 'mode-enforce' ? 'scene.rules.must' : 'scene.rules.try', { hosts }),
        isBad,
      };
    } else if (/first-policy-trusted|first-policy-authenticated|cached-policy-used$/.test(name)) {
      const hosts = serversIn(String(evidence['text'] ?? ''))
        .map(short)
        .join(', ');
      if (rule.startsWith('sts-2016.'))
        change.rules = { text: said('scene.rules.must', { hosts }), isBad };
    } else if (/no-policy|mode-none|record-absent|record-lookup-failed/.test(name) && !card)
      change.rules = { text: said('scene.rules.not-found'), isBad: now.change.act !== undefined };
    else if (rule === 'dane.authentication-required')
      change.rules = { text: now.question?.answer ?? '', isBad: false };
    else if (rule === 'dane.none-usable')
      change.rules = { text: said('scene.rules.seal'), isBad: false };
    else if (/tlsa-absent|tlsa-insecure/.test(name))
      change.rules = { text: said('scene.rules.not-found'), isBad: now.change.act !== undefined };
    if (name === 'mx-found' || name === 'mx-implicit') {
      const host = listOf(evidence['hosts'])[0] ?? domain;
      const isAttacker = now.change.act?.id === 'lies';
      change.to = { name: short(host), isAttacker };
    }
    if (name === 'policy-cached') change.memory = cardOf(trace.result.memory, isForgedPolicy);
    if (name === 'cleartext-fallback') Object.assign(change, { pipe: 'plain', form: 'closed' });
    if (doubts.test(rule)) change.thought = said('scene.thought.doubt');
    else if (proofs.test(rule)) change.thought = said('scene.thought.proven');
  }

  function ended(): void {
    const { verdict, belief } = outcome;
    if (now.title !== 'letter') open('letter');
    if (now.rows.length === 0) now.rows.push(row);
    const isRead = verdict === 'delivered-readable' && isHere;
    const taken = verdict === 'delivered-to-attacker';
    const isKept = verdict === 'waits' || verdict === 'refused';
    Object.assign(now.change, {
      letter: taken ? 'cloak' : isKept ? 'home' : 'goal',
      ...(isKept
        ? { form: 'closed', pipe: 'plain', via: 'back' }
        : verdict === 'delivered-readable'
          ? { form: 'open' }
          : {}),
      ...(isRead ? { via: 'read', act: { id: 'reads', line: 'mail' } } : {}),
      ...(taken ? { act: { id: 'takes', line: 'mail' } } : {}),
      to: undefined,
      thought: said(isStuck ? 'scene.thought.doubt' : thoughtOf[belief]),
      isMistaken,
      verdict: isStuck ? 'stuck' : verdict,
    } satisfies Partial<State>);
    now.told = [said(`scene.end.${isStuck ? 'stuck' : isRead ? 'read' : verdict}`)];
  }
}

/** A forged answer that names nothing is a denial. */
const forgedWords = (answer: LookupAnswer, wordsOf: (value: LookupAnswer) => Text): Text =>
  answer.kind === 'failed' ? said('scene.unproved') : wordsOf(answer);

function joined(strings: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(strings.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of strings) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
