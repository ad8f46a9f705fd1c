/** The check's state. A report carries the domain it answers; the field may say something else by then. */
import type { DomainInput } from '../../core/check/domain-input.ts';
import { parseDomainInput } from '../../core/check/domain-input.ts';
import type * as engine from './engine.ts';
import type { ReportView } from '../../words/report-view.ts';

/** A DNS service as the page offers it. */
export interface ResolverChoice {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly operator?: string;
  readonly country?: string;
  readonly privacyPage?: string;
  /** When it was last established that pages may ask it. */
  readonly known?: string;
}

export const ownResolver = 'own';

export type Stage = 'idle' | 'running' | 'done' | 'cancelled' | 'broken';

export class Session {
  typed = $state('');
  /** Of the last press; undefined before the first. */
  input = $state.raw<DomainInput | undefined>(undefined);
  resolverId = $state('');
  ownAddress = $state('');
  ownAddressWrong = $state(false);
  resolverMissing = $state(false);
  stage = $state<Stage>('idle');
  /** Questions answered and put so far. */
  answered = $state(0);
  asked = $state(0);
  current = $state('');
  view = $state.raw<ReportView | undefined>(undefined);
  /** Who was asked for the report on screen. */
  askedName = $state('');
  #abort: AbortController | undefined;
  #engine: Promise<typeof engine> | undefined;
  readonly resolvers: readonly ResolverChoice[];
  readonly #anchors: string;

  constructor(resolvers: readonly ResolverChoice[], anchors: string, preselect: boolean) {
    this.resolvers = resolvers;
    this.#anchors = anchors;
    this.resolverId = preselect ? (resolvers[0]?.id ?? ownResolver) : '';
  }

  /** The name stands in the fragment only: it is never sent to whoever serves this page. */
  open(fragment: string): void {
    const name = /^#domain=([^&]*)/.exec(fragment)?.[1];
    if (name === undefined) return;
    try {
      this.typed = decodeURIComponent(name);
    } catch {
      // Not something this page wrote; shown as it stands.
      this.typed = name;
    }
  }

  /** Fetches the code that looks up before it is needed; asks nobody anything. */
  prepare(): void {
    this.#engine ??= import('./engine.ts');
  }

  #address(): { address: string; name: string } | undefined {
    this.ownAddressWrong = false;
    this.resolverMissing = this.resolverId === '';
    const listed = this.resolvers.find(({ id }) => id === this.resolverId);
    if (listed) return listed;
    if (this.resolverId !== ownResolver) return undefined;
    const url = URL.parse(this.ownAddress.trim());
    const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url?.hostname ?? '');
    if (url && (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback)))
      return { address: url.href, name: url.host };
    this.ownAddressWrong = true;
    return undefined;
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
    this.view = undefined;
    this.answered = 0;
    this.asked = 0;
    this.askedName = resolver.name;
    try {
      this.prepare();
      const { check } = await this.#engine!;
      const view = await check({
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
      this.view = view;
      this.stage = 'done';
      history.replaceState(null, '', `#domain=${encodeURIComponent(domain)}`);
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
}
