/** What a step knows, as far as it can stand in a sentence; what is larger is shown beside it. */
import type { Evidence } from '../../core/trace.ts';
import type { Args } from '../messages/format.ts';

export function fillingOf(evidence: Evidence): Args {
  const filling: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(evidence)) {
    if (typeof value === 'string' || typeof value === 'number') filling[name] = value;
    else if (typeof value === 'boolean') filling[name] = String(value);
    else if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
      filling[name] = value.join(', ');
  }
  return filling;
}
