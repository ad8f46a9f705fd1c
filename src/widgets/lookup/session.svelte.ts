/** The check's state. A report carries the domain it answers; the field may say something else by then. */
import { type DomainInput, parseDomainInput } from '../../core/check/domain-input.ts';
import type { Report } from '../../core/check/report.ts';
import type { PolicyReading } from '../../core/check/sts-policy.ts';
import type { PolicyFetch, Reachability } from '../../world/live/policy-fetch.ts';
import type { ResolverChoice } from '../../view/check/resolver-choice.ts';
import type { PolicyView, ReportView } from '../../view/check/report-view.ts';
import type * as engine from './engine.ts';
import type { Found } from './engine.ts';
import { ResolverState } from '../field/resolver.svelte.ts';
import { Work } from '../work.svelte.ts';

type Engine = typeof engine;

/** How far the ladder to the policy file was climbed. */
export type PolicyStage =
  | { readonly kind: 'not-asked' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly fetch: Exclude<PolicyFetch, { kind: 'read' }> }
  | { readonly kind: 'probed'; readonly reach: Reachability }
  | { readonly kind: 'read' };

export class Session {
  typed = $state('');
  /** Of the last press; undefined before the first. */
  input = $state.raw<DomainInput | undefined>(undefined);
  readonly resolver: ResolverState;
  readonly work = new Work(() => import('./engine.ts'));
  /** Questions answered and put so far. */
  answered = $state(0);
  asked = $state(0);
  current = $state('');
  found = $state.raw<Found | undefined>(undefined);
  view = $state.raw<ReportView | undefined>(undefined);
  policyStage = $state.raw<PolicyStage>({ kind: 'not-asked' });
  policy = $state.raw<PolicyReading | undefined>(undefined);
  policyView = $state.raw<PolicyView | undefined>(undefined);
  /** Who was asked for the report on screen; empty: it came from a link. */
  askedName = $state('');
  /** The address carried something that is no recording of ours. */
  linkDamaged = $state(false);
  /** What stands beside the report and loads apart; a report is done when all of it is there. */
  beside: Promise<unknown> | undefined;
  #abort: AbortController | undefined;
  readonly #anchors: string;

  constructor(resolvers: readonly ResolverChoice[], anchors: string, preselect: boolean) {
    this.resolver = new ResolverState(resolvers, preselect);
    this.#anchors = anchors;
  }

  /**
   * The name and the recorded answers stand in the fragment only: it is never sent to whoever serves
   * this page. A recording is shown as such; nobody is asked.
   */
  async open(fragment: string): Promise<void> {
    const [, kind, value = ''] = /^#(domain|record)=([^&]*)/.exec(fragment) ?? [];
    if (kind === 'domain') this.typed = decoded(value);
    if (kind !== 'record') return;
    await this.work.do(
      async ({ fromLink }) => this.#withBeside(await fromLink(value)),
      (found, code) => {
        this.linkDamaged = found === undefined;
        if (found === undefined) return false;
        this.typed = found.report.domain;
        this.askedName = '';
        this.#show(found, code);
        if (found.policyText !== undefined)
          this.#take(code.policyFor(found.report, 'given', found.policyText), code);
        return true;
      },
    );
    if (this.work.stage !== 'broken') return;
    this.linkDamaged = true;
    this.work.stage = 'idle';
  }

  /** What stands beside the report is loaded or not: without it the report still stands. */
  async #withBeside<Answer>(answer: Answer): Promise<Answer> {
    await Promise.allSettled([this.beside]);
    return answer;
  }

  #show(found: Found, code: Engine): void {
    this.found = found;
    this.policy = undefined;
    this.policyStage = { kind: 'not-asked' };
    this.#render(found, code);
  }

  #take(policy: PolicyReading, code: Engine): void {
    this.policy = policy;
    this.policyStage = { kind: 'read' };
    if (this.found) this.#render(this.found, code);
  }

  #render({ report, failures }: Found, { proofOf, showPolicy, showReport }: Engine): void {
    this.view = { ...showReport(report, failures, this.policy), proof: proofOf(report) };
    this.policyView = this.policy && showPolicy(this.policy);
  }

  async run(): Promise<void> {
    this.input = parseDomainInput(this.typed);
    const resolver = this.resolver.take();
    if (!this.input.ok || resolver === undefined) return;
    this.#abort?.abort();
    const { signal } = (this.#abort = new AbortController());
    const { domain } = this.input;
    this.linkDamaged = false;
    this.found = undefined;
    this.view = undefined;
    this.answered = 0;
    this.asked = 0;
    this.askedName = resolver.name;
    await this.work.do(
      async ({ check }) =>
        this.#withBeside(
          await check({
            domain,
            address: resolver.address,
            anchors: this.#anchors,
            signal,
            onProgress: (asked, answered, current) => {
              this.asked = asked;
              this.answered = answered;
              this.current = current;
            },
          }),
        ),
      (found, code) => {
        this.#show(found, code);
        keepInFragment(`#domain=${encodeURIComponent(domain)}`);
      },
    );
  }

  cancel(): void {
    this.#abort?.abort();
    this.work.cancel();
  }

  /** First rung: a readable fetch, because the visitor asked for it. */
  fetchPolicy(): Promise<void> {
    this.policyStage = { kind: 'busy' };
    return this.#climb(
      ({ fetchPolicyFile }, { domain }) => fetchPolicyFile(domain),
      (fetched, code, report) => {
        if (fetched.kind !== 'read') this.policyStage = { kind: 'failed', fetch: fetched };
        else this.#take(code.policyFor(report, 'fetched', fetched.body, fetched), code);
      },
    );
  }

  /** Second rung: does anything answer there? */
  probePolicy(): Promise<void> {
    this.policyStage = { kind: 'busy' };
    return this.#climb(
      ({ probePolicyHost }, { domain }) => probePolicyHost(domain),
      (reach) => (this.policyStage = { kind: 'probed', reach }),
    );
  }

  /** Third rung: the text, pasted or dropped. */
  givePolicy(body: string | Uint8Array): Promise<void> {
    return this.#climb(
      ({ policyFor }, report) => policyFor(report, 'given', body),
      (policy, code) => this.#take(policy, code),
    );
  }

  /** What comes of a rung after another report took the place of its own is dropped. */
  async #climb<Answer>(
    ask: (code: Engine, report: Report) => Answer | Promise<Answer>,
    take: (answer: Answer, code: Engine, report: Report) => void,
  ): Promise<void> {
    const { found } = this;
    if (found === undefined) return;
    const code = await this.work.prepare();
    const answer = await ask(code, found.report);
    if (this.found === found) take(answer, code, found.report);
  }

  /** The address of this page with the answers in its fragment, or with the name only. */
  async link(what: 'name' | 'answers'): Promise<string> {
    const { found } = this;
    const here = `${location.origin}${location.pathname}${location.search}`;
    if (found === undefined) return here;
    if (what === 'name') return `${here}#domain=${encodeURIComponent(found.report.domain)}`;
    const { toLink } = await this.work.prepare();
    return `${here}#record=${await toLink(found.report, this.policy?.text)}`;
  }
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    // Not something this page wrote; shown as it stands.
    return value;
  }
}

function keepInFragment(fragment: string): void {
  try {
    history.replaceState(history.state, '', fragment);
  } catch {
    // A frame sandboxed without an origin may not; the report stands there all the same.
  }
}
