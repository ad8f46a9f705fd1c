/**
 * A trace as a scene: a moment for each question whose answer mattered, with what the sender concluded from it. Nothing
 * is judged here: what an answer was, and what became of it, stand in the trace. A row that a reader would not
 * miss joins the moment before it; none is invented, and none is left out.
 */
import type { Belief } from '../../core/verdict.ts';
import type { KeyEnd, MessageKey } from '../messages/message-key.ts';
import { daySeconds, type LookupAnswer } from '../../core/ask.ts';
import { nameOf } from '../../core/dns/name.ts';
import { formatHex } from '../../core/dns/octets.ts';
import { recordsOfType, type RrType } from '../../core/dns/record.ts';
import { joinStrings } from '../../core/grammar/versioned-record.ts';
import type { RuleId } from '../../core/rules.ts';
import type { SenderMemory } from '../../core/sender/sender.ts';
import type { Action } from '../../core/smtp/session.ts';
import { reportsOf } from '../../core/sender/report.ts';
import type { EhloAnswer, FetchPolicyAnswer, StarttlsAnswer } from '../../core/smtp/ask.ts';
import type { Evidence, TraceEvent } from '../../core/trace.ts';
import { fillingOf } from '../trace/sentence.ts';
import type { DnsAttack } from '../../world/simulated/scenario.ts';
import { simulate, type ScenarioRun } from '../../world/simulated/simulate.ts';
import type { Question, Said, Scene, State, Step, Text } from './model.ts';
import { toldRules } from './told.table.ts';

type Asked = Extract<TraceEvent, { kind: 'asked' }>;

/** A moment while it is collected. */
interface Moment {
  title: KeyEnd<'scene.title.'>;
  question?: Question;
  /** What the attacker does in it. */
  act?: Said;
  /** What the sender concludes, with its weight: only the heaviest are said. */
  told: { readonly said: Said; readonly weight: number }[];
  rows: number[];
  change: { -readonly [Name in keyof State]?: State[Name] };
}

/** More moments than this are no picture any more: the list of steps tells it better. */
export const mostMoments = 8;

const said = (key: MessageKey, args?: Said['args']): Said => (args ? { key, args } : { key });

/** After these the sender does not trust what it sees. */
const doubts =
  /tls-missing|mx-not-listed|not-authenticated|certificate-invalid|nothing-matches|level-secure-not-met|tls-required|mx-lookup-failed|address-lookup-failed|tlsa-lookup-failed|host-refused|treated-as-failure|mandatory-not-met/;
const proofs = /dane\.authenticated|host-valid|certificate-valid|level-secure-met/;

/** After these the answer of this moment counts as one that anybody may have written. */
const unproved = /policy-not-authenticated|first-policy-trusted|dane\.(mx|tlsa)-insecure/;

const thoughtOf: Readonly<Record<Belief, MessageKey>> = {
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

/** The beginning of a digest, as much as a chip holds. */
const hexOf = (octets: Uint8Array): string => formatHex(octets.slice(0, 2));

/** A question to the receiving server. */
const onMail = (ask: MessageKey, answer: Text, more: Partial<Question> = {}): Question => ({
  line: 'mail',
  ask: said(ask),
  answer,
  ...more,
});

/** The servers that a policy names, from its text (draft of 2016) or its body (RFC 8461). */
const serversIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bmx\s*[=:]\s*([^;\r\n]+)/g)].flatMap(([, names = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  );

const isPolicyAsk = ({ ask }: Asked): boolean =>
  ask.ask === 'fetch-policy' || (ask.ask === 'lookup' && ask.name.startsWith('_smtp_sts.'));

/** Did something arrive there that the attacker wrote? Nothing at all, and an answer that did not validate, plant nothing. */
const isForged = ({ answer, tampered }: Asked): boolean =>
  tampered !== undefined && (answer as { readonly kind: string }).kind !== 'failed';

const askedIn = ({ events }: { readonly events: readonly TraceEvent[] }): readonly Asked[] =>
  events.filter((event) => event.kind === 'asked');

/** What the sender remembers of a domain: which servers, since when and until when. */
function heldIn(memory: SenderMemory, domain: string) {
  const name = nameOf(domain);
  const cached = memory.mtaSts.get(name)?.cached;
  if (cached) {
    const { fetchedSeconds, policy } = cached;
    return {
      names: policy.mx,
      fetchedSeconds,
      untilSeconds: fetchedSeconds + policy.maxAgeSeconds,
    };
  }
  const draft = memory.draft2016.get(name);
  return (
    draft && {
      names: serversIn(draft.text),
      fetchedSeconds: draft.fetchedSeconds,
      untilSeconds: draft.expiresSeconds,
    }
  );
}

/** Was what is remembered put there by an attacker? The past was run, so its traces tell. */
function isPlanted({ past, before, scenario }: ScenarioRun): boolean {
  const since = heldIn(before, scenario.domain)?.fetchedSeconds;
  return past.some(
    ({ trace, scenario: then }) =>
      then.clockSeconds === since &&
      askedIn(trace).some((event) => isPolicyAsk(event) && isForged(event)),
  );
}

const isDelivered = ({ kind }: Action): boolean => kind === 'delivered';

/**
 * Is real mail held back by a planted policy alone? Nobody disturbs this delivery, and the same sender without its
 * memory would have delivered.
 */
const isStuckBy = (run: ScenarioRun): boolean => {
  if (isDelivered(run.trace.result.action)) return false;
  const { past: _, ...atFirst } = run.scenario;
  return isDelivered(simulate(atFirst).trace.result.action);
};

/**
 * Draws a run together to moments.
 * `isMistaken`: does the sender at the end believe more than is true (`gapOf`)?
 */
export function sceneOf(run: ScenarioRun, isMistaken: boolean): Scene {
  const { scenario, trace, outcome, before } = run;
  const { domain, attacker } = scenario;
  const { protection } = scenario.sender;
  const { action } = trace.result;
  const remembers = protection.includes('sts');
  const theirs = new Set(
    scenario.servers.filter(({ owner }) => owner === 'attacker').map(({ address }) => address),
  );
  const isTouched = askedIn(trace).some(
    ({ ask, tampered }) =>
      tampered !== undefined || (ask.ask === 'connect' && theirs.has(ask.address)),
  );
  const isHere = isTouched || Object.keys(attacker).length > 0;
  const planted = isPlanted(run);
  const isStuck = planted && !isHere && isStuckBy(run);
  const isWeb =
    protection === 'mta-sts' ||
    protection === 'dane-and-mta-sts' ||
    askedIn(trace).some(({ ask }) => ask.ask === 'fetch-policy');
  const short = (name: string) => shortly(name, domain);
  /** Two names at most, or the first and how many more: the whole list stands beside the picture. */
  const shortList = (names: readonly string[]): string => {
    const [first = '', ...rest] = names.map(short);
    return rest.length > 1 ? `${first} +${rest.length}` : [first, ...rest].join(', ');
  };
  const only = (names: readonly string[]): Text =>
    names.length > 0 ? said('scene.only', { hosts: shortList(names) }) : said('scene.rules.empty');

  /** What is remembered of this domain, as a card. */
  const cardOf = (memory: SenderMemory, isForgedCard: boolean): State['memory'] => {
    const held = heldIn(memory, domain);
    if (held === undefined) return undefined;
    const { names } = held;
    const left = held.untilSeconds - scenario.clockSeconds;
    return {
      text: names.length > 0 ? shortList(names) : said('scene.rules.empty'),
      until:
        left < 0
          ? said('scene.expired')
          : said('scene.days', { days: Math.floor(left / daySeconds) }),
      isForged: isForgedCard,
    };
  };

  const card = cardOf(before, planted);
  const begin: State = {
    web: isWeb,
    host: short(scenario.servers.find(({ owner }) => owner !== 'attacker')?.host ?? domain),
    attacker: isHere ? 'present' : planted ? 'gone' : 'absent',
    letter: 'home',
    form: 'closed',
    pipe: 'plain',
    pile: 0,
    returned: 0,
    ...(card ? { memory: card } : {}),
    ...(protection === 'encrypt'
      ? { rules: { text: said('scene.rules.seal'), isBad: false } }
      : protection === 'secure'
        ? { rules: { text: said('scene.rules.secure'), isBad: false } }
        : {}),
    neverRemembers: protection === 'dane' || protection === 'dane-only',
    thought: said('scene.thought.nothing'),
    isMistaken: false,
  };

  let now: Moment = { title: 'begin', told: [], rows: [], change: {} };
  const moments: Moment[] = [now];
  tell(beginning(), 2);
  tell(company(), 1);

  let isForgedPolicy = planted;
  let isTheirServer = false;
  let isInClear = false;
  let row = 0;

  for (const event of trace.events)
    if (event.kind === 'asked') asked(event);
    else {
      row++;
      stepped(event.rule, event.evidence ?? {});
    }
  ended();

  return {
    ending: isStuck ? 'stuck' : outcome.verdict,
    begin,
    steps: moments.map(stepOf),
    ...(moments.length > mostMoments ? { isTooLarge: true } : {}),
  };

  function stepOf({ title, question, act, told, rows, change }: Moment): Step {
    const room = act ? 1 : 2;
    // Of equal weight the last counts: it is what the sender came to.
    const chosen = new Set(
      told
        .toReversed()
        .toSorted((one, other) => other.weight - one.weight)
        .slice(0, room),
    );
    return {
      title: said(`scene.title.${title}`),
      tells: [
        ...(act ? [act] : []),
        ...told.filter((each) => chosen.has(each)).map((each) => each.said),
      ],
      rows,
      change: { ...change, ...(question ? { question } : {}) },
    };
  }

  function tell(sentence: Said | undefined, weight: number): void {
    if (sentence) now.told.push({ said: sentence, weight });
  }

  function beginning(): Said {
    if (scenario.sender.attempt > 1) return said('scene.begin.again', { domain });
    if (!remembers) return said('scene.begin', { domain });
    return said(card ? 'scene.begin.known' : 'scene.begin.new', { domain });
  }

  /** Who is there beside the two servers. */
  function company(): Said | undefined {
    if (!isHere) return planted ? said('scene.begin.gone') : undefined;
    const isListener = Object.keys(attacker).every(
      (each) => each === 'reads' || each === 'serverKeys',
    );
    if (isListener && attacker.reads) return said('scene.begin.reads');
    return said(isTouched ? 'scene.begin.attacker' : 'scene.begin.idle');
  }

  /** A new moment. One that has led to nothing yet is replaced; a forgery stays, with the row in which its answer stands. */
  function open(title: KeyEnd<'scene.title.'>, question?: Question): Moment {
    const isEmpty = now.title !== 'begin' && now.rows.length === 0;
    const isReplaced = isEmpty && now.act === undefined;
    if (isReplaced) moments.pop();
    else if (isEmpty) now.rows.push(row + 1);
    now = {
      title,
      ...(question ? { question } : {}),
      told: [],
      rows: [],
      change: isReplaced ? now.change : {},
    };
    moments.push(now);
    return now;
  }

  function acts(
    id: NonNullable<State['act']>['id'],
    line: Question['line'],
    key: MessageKey,
  ): void {
    now.change.act = { id, line };
    now.act = said(key);
  }

  /** A question on a line opens a moment; the attacker's hand in it is told first. */
  function asked(event: Asked): void {
    const { ask, answer, tampered } = event;
    switch (ask.ask) {
      case 'lookup':
        return lookedUp(ask.name, ask.type, answer as LookupAnswer, tampered);
      case 'fetch-policy':
        return fetched(answer as FetchPolicyAnswer, tampered);
      case 'connect':
        return connected(ask.host, ask.address, answer as { readonly kind: string }, tampered);
      case 'ehlo':
        return greeted(answer as EhloAnswer, tampered);
      case 'starttls':
        return shook(answer as StarttlsAnswer, tampered);
      case 'deliver':
        open('letter');
        return;
      default:
    }
  }

  function fetched(value: FetchPolicyAnswer, tampered: Asked['tampered']): void {
    const wordsOf = (each: FetchPolicyAnswer): Text => {
      if (each.kind === 'failed') return said('scene.web.no-answer');
      return each.status === 200 ? only(serversIn(each.body)) : String(each.status);
    };
    const ask = said('scene.ask.policy');
    if (tampered === undefined) {
      open('policy', { line: 'web', ask, answer: wordsOf(value) });
      return;
    }
    const isBlocked = value.kind === 'failed';
    open('policy', {
      line: 'web',
      ask,
      answer: tampered.original
        ? wordsOf(tampered.original as FetchPolicyAnswer)
        : said('scene.web.no-answer'),
      ...(isBlocked ? { isBlocked } : { forged: wordsOf(value) }),
    });
    acts(
      isBlocked ? 'blocks' : 'poses',
      'web',
      isBlocked ? 'scene.blocks.policy' : 'scene.poses.policy',
    );
    isForgedPolicy = !isBlocked;
  }

  function connected(
    host: string,
    address: string,
    answer: { readonly kind: string },
    tampered: Asked['tampered'],
  ): void {
    isTheirServer = theirs.has(address) || tampered !== undefined;
    if (answer.kind !== 'open')
      open('connect', onMail('scene.ask.open', said('scene.no-connection')));
    Object.assign(now.change, { pipe: 'plain', form: 'closed' });
    if (!theirs.has(address)) now.change.host = short(host);
  }

  /** An offer that is there is not worth a moment: the certificate that follows is. */
  function greeted({ starttls, why }: EhloAnswer, tampered: Asked['tampered']): void {
    if (isInClear) return;
    if (why !== undefined) open('connect', onMail('scene.ask.open', said('scene.no-connection')));
    else if (starttls) open('passport', onMail('scene.ask.passport', said('scene.yes')));
    else if (tampered === undefined)
      open(
        'seal',
        onMail('scene.ask.seal', said('scene.no'), isTheirServer ? { kind: 'forged' } : {}),
      );
    else {
      const forged = said('scene.not-offered');
      open('seal', onMail('scene.ask.seal', said('scene.yes'), { forged }));
      acts('strips', 'mail', 'scene.strips');
    }
  }

  function shook(shown: StarttlsAnswer, tampered: Asked['tampered']): void {
    const names = shown.kind === 'tls' ? (shown.chain[0]?.dnsNames ?? []) : [];
    const isTheirs = isTheirServer || tampered !== undefined;
    const passport =
      shown.kind !== 'tls'
        ? said('scene.passport.failed')
        : names.length > 0
          ? shortList(names.slice(0, 1))
          : said('scene.passport.none');
    now.question = onMail('scene.ask.passport', passport, isTheirs ? { kind: 'forged' } : {});
    if (shown.kind === 'tls') Object.assign(now.change, { pipe: 'tls', form: 'sealed' });
    if (isTheirs)
      acts(
        'poses',
        'mail',
        tampered ? (`scene.poses.${tampered.by}` as MessageKey) : 'scene.poses.own',
      );
  }

  function lookedUp(
    name: string,
    type: RrType,
    answer: LookupAnswer,
    tampered: Asked['tampered'],
  ): void {
    const kind = kindOf(name, type);
    if (kind === undefined) return;
    const isPlain = tampered === undefined;
    // Of an address that was found a reader learns nothing; nor of one that is looked for elsewhere next.
    if (kind === 'address' && isPlain && answer.kind === 'found') return;
    if (type === 'A' && isPlain && answer.kind === 'absent' && answer.denial === 'nodata') return;
    const wordsOf = (value: LookupAnswer): Text => {
      if (value.kind === 'failed') return said('scene.lookup-failed');
      if (value.kind === 'absent') return said('scene.no');
      const { records } = value;
      switch (kind) {
        case 'rules':
          return said('scene.yes-fetch');
        case 'rules-2016':
          return only(
            recordsOfType(records, 'TXT').flatMap(({ strings }) => serversIn(joinStrings(strings))),
          );
        case 'who':
          return shortList(
            recordsOfType(records, 'MX')
              .toSorted((one, other) => one.preference - other.preference)
              .map(({ exchange }) => exchange),
          ).replace(/^\.?$/, '–');
        case 'key': {
          const [record] = recordsOfType(records, 'TLSA');
          return record ? said('scene.key', { key: hexOf(record.association) }) : said('scene.no');
        }
        case 'address': {
          const [record] = [...recordsOfType(records, 'A'), ...recordsOfType(records, 'AAAA')];
          return record?.address ?? said('scene.no');
        }
      }
    };
    const title = kind === 'rules-2016' ? 'rules' : kind;
    const isRenewal = now.title === 'renew' && now.question === undefined;
    const isSigned = answer.kind !== 'failed' && answer.security === 'secure';
    const forgery = tampered && forgeryOf(name, type);
    const isBlocked =
      tampered !== undefined &&
      answer.kind === 'failed' &&
      (forgery ? forgery === 'drop' || forgery === 'servfail' : answer.why !== 'bogus');
    const question: Question = {
      line: 'dns',
      ask: said(`scene.ask.${kind}`, { domain, host: short(name.replace(/^_25\._tcp\./, '')) }),
      ...(isPlain
        ? { answer: wordsOf(answer), ...(isSigned ? { isSigned } : {}) }
        : {
            answer: tampered.original
              ? wordsOf(tampered.original as LookupAnswer)
              : said('scene.yes'),
            ...(isBlocked
              ? { isBlocked }
              : {
                  forged:
                    answer.kind === 'failed' ? wordsOfForgery(forgery, kind) : wordsOf(answer),
                }),
          }),
    };
    if (isRenewal) now.question = question;
    else open(title, question);
    if (isPlain) return;
    acts(isBlocked ? 'blocks' : 'lies', 'dns', isBlocked ? 'scene.blocks' : 'scene.lies');
    if (kind === 'rules-2016' && answer.kind === 'found') isForgedPolicy = true;
  }

  /** What the attacker put in the place of this answer. */
  function forgeryOf(name: string, type: RrType): DnsAttack['action'] | undefined {
    const attacks = [...(attacker.stub ?? []), ...(attacker.dns ?? [])];
    return attacks.find((each) => each.name === name && each.type === type)?.action;
  }

  /** A forged answer that did not pass: the sender never saw it, the reader does. */
  function wordsOfForgery(forgery: DnsAttack['action'] | undefined, kind: LookupKind): Text {
    if (forgery === 'nxdomain' || forgery === 'nodata') return said('scene.no');
    if (typeof forgery !== 'object' || kind === 'rules') return said('scene.unproved');
    const [data] = forgery.answer;
    if (data && 'exchange' in data) return short(data.exchange);
    if (data && 'address' in data) return data.address;
    return data && 'text' in data ? only(serversIn(data.text)) : said('scene.unproved');
  }

  function policyRules(isEnforced: boolean, hosts: readonly string[]): State['rules'] {
    const key = isEnforced ? 'scene.rules.must' : 'scene.rules.try';
    return { text: said(key, { hosts: shortList(hosts) }), isBad: isForgedPolicy };
  }

  /** What a rule changes in the picture, and what is said of it. */
  function stepped(rule: RuleId, evidence: Evidence): void {
    const name = rule.slice(rule.indexOf('.') + 1);
    if (name === 'cached-policy-used' || name === 'policy-expired') {
      if (now.title === 'begin') open('memory');
    } else if (name === 'new-policy-looked-for') open('renew');
    else if (name === 'no-usable-host' || name === 'queue-lifetime-over') open('letter');
    now.rows.push(row);
    const told = toldRules[rule];
    // That there are rules is no news to who looks for newer ones.
    const isNews = told !== 1 || now.title !== 'renew';
    if (told !== undefined && isNews)
      tell(said(`scene.says.${rule}` as MessageKey, fillingOf(evidence)), told);
    const { change } = now;
    if (name === 'mode-enforce' || name === 'mode-testing')
      change.rules = policyRules(name === 'mode-enforce', listOf(evidence['mx']));
    else if (
      /^sts-2016\.(first-policy-(trusted|authenticated)|cached-policy-used|new-policy-authenticated)$/.test(
        rule,
      )
    ) {
      const text = typeof evidence['text'] === 'string' ? evidence['text'] : '';
      change.rules = policyRules(/to=true/.test(text), serversIn(text));
    } else if (
      /^(mta-sts\.(no-policy|mode-none)|sts-2016\.(record-lookup-failed|record-absent|record-malformed)|dane\.tlsa-absent|dane\.tlsa-insecure)$/.test(
        rule,
      )
    ) {
      // A renewal that finds nothing leaves the rules that were there.
      if (now.title !== 'renew')
        change.rules = { text: said('scene.rules.not-found'), isBad: change.act !== undefined };
    } else if (rule === 'dane.authentication-required' && now.question)
      change.rules = {
        text: now.question.forged ?? now.question.answer,
        isBad: now.question.forged !== undefined,
      };
    else if (rule === 'dane.none-usable')
      change.rules = { text: said('scene.rules.seal'), isBad: false };
    else if (rule === 'dane.leaf-matches' && now.question) {
      const record = evidence['record'] as { readonly association?: Uint8Array } | undefined;
      if (record?.association)
        now.question = {
          ...now.question,
          answer: said('scene.key', { key: hexOf(record.association) }),
        };
    } else if (name === 'mx-found' || name === 'mx-implicit')
      change.to = {
        name: short(listOf(evidence['hosts'])[0] ?? domain),
        isAttacker: change.act?.id === 'lies',
      };
    else if (rule === 'sender.next-host') {
      const host = evidence['host'];
      if (typeof host === 'string' && now.change.verdict === undefined)
        change.to = { name: short(host), isAttacker: false };
    } else if (name === 'policy-cached')
      change.memory = cardOf(trace.result.memory, isForgedPolicy);
    else if (name === 'cleartext-fallback') {
      isInClear = true;
      Object.assign(change, { pipe: 'plain', form: 'closed' });
    } else if (name === 'not-accepted')
      Object.assign(change, { pipe: 'plain', form: 'closed', via: 'back' });
    if (rule === 'smtp.host-unreachable' || name === 'next-host') isInClear = false;
    if (unproved.test(rule) && now.question && !now.question.forged && !now.question.isSigned)
      now.question = { ...now.question, kind: 'weak' };
    if (doubts.test(rule)) change.thought = said('scene.thought.doubt');
    else if (proofs.test(rule)) change.thought = said('scene.thought.proven');
  }

  function ended(): void {
    const { verdict, belief } = outcome;
    if (now.title !== 'letter') {
      // The last rows tell it: they are the end.
      if (now.title === 'begin' || now.question) open('letter');
      else now.title = 'letter';
    }
    // Where the last thing that was learned is the end too, it is shown twice.
    if (now.rows.length === 0) now.rows.push(row);
    const isKept = !isDelivered(action);
    const isTaken = verdict === 'delivered-to-attacker';
    const isRead = run.truth.read && !isTaken && !isKept;
    const channel = action.kind === 'delivered' ? action.channel : undefined;
    Object.assign(now.change, {
      letter: isTaken ? 'cloak' : isKept ? 'home' : 'goal',
      form: isKept
        ? 'closed'
        : channel === 'plaintext' || verdict === 'delivered-readable'
          ? 'open'
          : 'sealed',
      ...(isKept ? { pipe: 'plain', via: 'back' } : {}),
      ...(isRead ? { via: 'read', act: { id: 'reads', line: 'mail' } } : {}),
      ...(isTaken ? { act: { id: 'takes', line: 'mail' } } : {}),
      to: undefined,
      thought: said(
        isStuck
          ? 'scene.thought.doubt'
          : action.kind === 'bounced'
            ? 'scene.thought.returned'
            : thoughtOf[belief],
      ),
      isMistaken,
      verdict: isStuck ? 'stuck' : verdict,
    } satisfies Partial<State>);
    const told = now.told.filter(({ weight }) => weight > 2);
    delete now.act;
    now.told = [
      ...told,
      ...lastWords(isRead, channel).map((sentence) => ({ said: sentence, weight: 5 })),
    ];
  }

  /** Where the letter is, and what that means: who reads it, who knows, how long it takes. */
  function lastWords(isRead: boolean, channel: string | undefined): readonly Said[] {
    const { verdict, belief } = outcome;
    if (action.kind !== 'delivered') {
      const bounced = action.kind === 'bounced';
      const days = daysLeft();
      if (isStuck)
        return [
          said('scene.end.stuck'),
          bounced ? said('scene.end.stuck.returned') : said('scene.end.stuck.days', { days }),
        ];
      if (bounced) return [said('scene.end.refused'), said(`scene.why.${action.reason}`)];
      const { learns } = reportsOf(trace);
      return [
        said('scene.end.waits'),
        said(learns.includes('owner') ? 'scene.told.both' : 'scene.told.sender', { domain }),
      ];
    }
    const { host } = action;
    if (verdict === 'delivered-to-attacker')
      return [said('scene.end.delivered-to-attacker'), said(`scene.end.thinks.${belief}`)];
    if (isRead)
      return channel === 'plaintext'
        ? [said('scene.end.read', { host })]
        : [said('scene.end.read-with-key', { host })];
    const listens = attacker.reads && channel !== 'plaintext';
    return [
      said(`scene.end.${verdict}`, { host }),
      ...(listens ? [said('scene.end.listens')] : []),
    ];
  }

  /** How long the rules in memory still hold, in whole days. */
  function daysLeft(): number {
    const { untilSeconds = 0 } = heldIn(trace.result.memory, domain) ?? {};
    return Math.max(0, Math.floor((untilSeconds - scenario.clockSeconds) / daySeconds));
  }
}

type LookupKind = 'rules' | 'rules-2016' | 'who' | 'key' | 'address';

function kindOf(name: string, type: RrType): LookupKind | undefined {
  if (name.startsWith('_mta-sts.')) return 'rules';
  if (name.startsWith('_smtp_sts.')) return 'rules-2016';
  if (type === 'MX') return 'who';
  if (type === 'TLSA') return 'key';
  return type === 'A' || type === 'AAAA' ? 'address' : undefined;
}
