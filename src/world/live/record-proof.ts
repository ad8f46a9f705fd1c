/** Records a proof: looks a name up over DNS-over-HTTPS and keeps the octets of every message that came. */
import { decodeMessage, maxMessageOctets } from '../../core/dns/message.ts';
import type { DomainName } from '../../core/dns/name.ts';
import { formatBase64Url } from '../../core/dns/octets.ts';
import type { RrType } from '../../core/dns/type.ts';
import { readBounded } from '../bounds.ts';
import { openLive, type LiveOptions } from './live.ts';
import { proofFormat } from './proof.ts';

/** The proof of one lookup as JSON text, for `parseProof`. What did not come is not in it. */
export async function recordProof(
  name: DomainName,
  type: RrType,
  options: LiveOptions,
): Promise<string> {
  const { fetch = globalThis.fetch.bind(globalThis), now = () => Math.floor(Date.now() / 1000) } =
    options;
  const messages: string[] = [];
  const live = openLive({
    ...options,
    now,
    fetch: async (...given) => {
      const response = await fetch(...given);
      if (response.status !== 200) return response;
      const octets = await readBounded(response.body, maxMessageOctets);
      if (octets !== undefined && decodeMessage(octets).ok) messages.push(formatBase64Url(octets));
      const { status, headers } = response;
      return new Response(octets ? Uint8Array.from(octets) : null, { status, headers });
    },
  });
  const at = now();
  await live.answer({ ask: 'proved-lookup', name, type });
  return JSON.stringify({ format: proofFormat, name, type, at, messages });
}
