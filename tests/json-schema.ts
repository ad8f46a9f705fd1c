import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

/** Compiling a schema takes a hundred times as long as holding a value to it. */
const compiled = new WeakMap<object, ValidateFunction>();

function compile(schema: object): ValidateFunction {
  const closed = JSON.parse(JSON.stringify(schema), (_, part: Record<string, unknown> | null) =>
    part?.['type'] === 'object' ? { additionalProperties: false, ...part } : part,
  ) as object;
  // The formats that our schemas name; those without a pattern here are zod's, which writes one beside them.
  const formats = {
    date: /^\d{4}-\d\d-\d\d$/,
    starts_with: true,
    includes: true,
    ipv4: true,
    ipv6: true,
  } as const;
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true, formats }).compile(closed);
  compiled.set(schema, validate);
  return validate;
}

/**
 * Where the value breaks the schema, and how; empty: nowhere. Strict, so that a keyword with a slip in it is an
 * error, and closed: a property of ours that the schema does not name is one that readers were not told of.
 */
export function faultsOf(schema: object, value: unknown): string[] {
  const validate = compiled.get(schema) ?? compile(schema);
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
