/** The check's state. A report carries the domain it answers; the field may say something else by then. */
import { type DomainInput, parseDomainInput } from '../../core/check/domain-input.ts';
import type { PolicyReading } from '../../core/check/sts-policy.ts';
import type { PolicyFetch, Reachability } from '../../world/live/policy-fetch.ts';
import type { ResolverFault } from '../../world/live/resolver-address.ts';
import {
  chosenResolver,
  ownResolver,
  type ResolverChoice,
} from '../../view/check/resolver-choice.ts';
import type { PolicyView, ReportView } from '../../view/check/report-view.ts';
import type * as engine from './engine.ts';
import type { Found } from './engine.ts';

export type Stage = 'idle' | 'running' | 'done' | 'cancelled' | 'broken';

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
  resolverId = $state('');
  ownAddress = $state('');
  ownAddressFault = $state<ResolverFault>();
  resolverMissing = $state(false);
  stage = $state<Stage>('idle');
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
  #engine: Promise<typeof engine> | undefined;
  readonly resolvers: readonly ResolverChoice[];
  readonly #anchors: string;

  constructor(resolvers: readonly ResolverChoice[], anchors: string, preselect: boolean) {
    this.resolvers = resolvers;
    this.#anchors = anchors;
    this.resolverId = preselect ? (resolvers[0]?.id ?? ownResolver) : '';
  }

  /**
   * The name and the recorded answers stand in the fragment only: it is never sent to whoever serves
   * this page. A recording is shown as such; nobody is asked.
   */
  async open(fragment: string): Promise<void> {
    const [, kind, value = ''] = /^#(domain|record)=([^&]*)/.exec(fragment) ?? [];
    if (kind === 'domain') this.typed = decoded(value);
    if (kind !== 'record') return;
    this.prepare();
    try {
      const { fromLink, policyFor } = await this.#engine!;
      const found = await fromLink(value);
      this.linkDamaged = found === undefined;
      if (found === undefined || this.stage !== 'idle') return;
      this.typed = found.report.domain;
      this.askedName = '';
      this.#show(found);
      if (found.policyText !== undefined)
        await this.#take(policyFor(found.report, 'given', found.policyText));
      await this.#besideSettled();
      this.stage = 'done';
    } catch (error) {
      this.#engine = undefined;
      this.linkDamaged = true;
      console.error(error);
    }
  }

  /** Fetches the code that looks up before it is needed; asks nobody anything. */
  prepare(): void {
    this.#engine ??= import('./engine.ts');
  }

  #address(): { address: string; name: string } | undefined {
    this.ownAddressFault = undefined;
    this.resolverMissing = this.resolverId === '';
    if (this.resolverMissing) return undefined;
    const chosen = chosenResolver(this.resolvers, this.resolverId, this.ownAddress);
    if (chosen.ok) return chosen;
    this.ownAddressFault = chosen.fault;
    return undefined;
  }

  /** Loaded or not: without it the report still stands. */
  async #besideSettled(): Promise<void> {
    await Promise.allSettled([this.beside]);
  }

  #show(found: Found): void {
    this.found = found;
    this.policy = undefined;
    this.policyView = undefined;
    this.policyStage = { kind: 'not-asked' };
    void this.#render();
  }

  async #render(): Promise<void> {
    const { proofOf, showPolicy, showReport } = await this.#engine!;
    if (this.found === undefined) return;
    const { report, failures } = this.found;
    this.view = { ...showReport(report, failures, this.policy), proof: proofOf(report) };
    this.policyView = this.policy && showPolicy(this.policy);
  }

  async #take(policy: PolicyReading): Promise<void> {
    this.policy = policy;
    this.policyStage = { kind: 'read' };
    await this.#render();
  }

  async run(): Promise<void> {
    this.input = parseDomainInput(this.typed);
    const resolver = this.#address();
    if (!this.input.ok || resolver === undefined) return;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const { domain } = this.input;
    this.stage = 'running';
    this.linkDamaged = false;
    this.found = undefined;
    this.view = undefined;
    this.answered = 0;
    this.asked = 0;
    this.askedName = resolver.name;
    try {
      this.prepare();
      const { check } = await this.#engine!;
      const found = await check({
        domain,
        address: resolver.address,
        anchors: this.#anchors,
        signal: abort.signal,
        onProgress: (asked, answered, current) => {
          this.asked = asked;
          this.answered = answered;
          this.current = current;
        },
      });
      if (this.#abort !== abort) return;
      await this.#besideSettled();
      this.#show(found);
      await this.#render();
      this.stage = 'done';
      keepInFragment(`#domain=${encodeURIComponent(domain)}`);
    } catch (error) {
      if (this.#abort !== abort) return;
      this.stage = abort.signal.aborted ? 'cancelled' : 'broken';
      if (!abort.signal.aborted) {
        // What failed to load may load the next time.
        this.#engine = undefined;
        console.error(error);
      }
    }
  }

  cancel(): void {
    this.#abort?.abort();
    this.stage = 'cancelled';
  }

  /** First rung: a readable fetch, because the visitor asked for it. */
  async fetchPolicy(): Promise<void> {
    const { found } = this;
    if (found === undefined) return;
    this.policyStage = { kind: 'busy' };
    const { fetchPolicyFile, policyFor } = await this.#engine!;
    const fetched = await fetchPolicyFile(found.report.domain);
    if (this.found !== found) return;
    if (fetched.kind !== 'read') {
      this.policyStage = { kind: 'failed', fetch: fetched };
      return;
    }
    const { body, status, contentType } = fetched;
    await this.#take(policyFor(found.report, 'fetched', body, { status, contentType }));
  }

  /** Second rung: does anything answer there? */
  async probePolicy(): Promise<void> {
    const { found } = this;
    if (found === undefined) return;
    this.policyStage = { kind: 'busy' };
    const { probePolicyHost } = await this.#engine!;
    const reach = await probePolicyHost(found.report.domain);
    if (this.found === found) this.policyStage = { kind: 'probed', reach };
  }

  /** Third rung: the text, pasted or dropped. */
  async givePolicy(body: string | Uint8Array): Promise<void> {
    const { found } = this;
    if (found === undefined) return;
    const { policyFor } = await this.#engine!;
    await this.#take(policyFor(found.report, 'given', body));
  }

  /** The address of this page with the answers in its fragment, or with the name only. */
  async link(what: 'name' | 'answers'): Promise<string> {
    const { found } = this;
    const here = `${location.origin}${location.pathname}${location.search}`;
    if (found === undefined) return here;
    if (what === 'name') return `${here}#domain=${encodeURIComponent(found.report.domain)}`;
    const { toLink } = await this.#engine!;
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
