/** `sts-dane schema NAME`: the JSON Schema of what a command prints as JSON. */
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Run } from './arguments.ts';
import { jsonSchemaOf, schemas, type SchemaName } from './schemas.ts';
import type { Terminal } from './terminal.ts';

export async function printSchema({ operands }: Run, terminal: Terminal): Promise<ExitCode> {
  const [name = ''] = operands;
  if (!Object.hasOwn(schemas, name)) {
    const names = Object.keys(schemas).join(', ');
    terminal.err(terminal.say('cli.wrong.schema', { name, names }));
    return exitCode.usage;
  }
  await terminal.json(jsonSchemaOf(name as SchemaName));
  return exitCode.good;
}
