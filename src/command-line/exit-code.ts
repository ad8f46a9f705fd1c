/** How the command line ends; also in its help and in docs/command-line.md. */
export const exitCode = {
  /** Answered, and nothing is wrong that was asked about. */
  good: 0,
  /** Answered, and something is wrong: no protection, a policy with a fault, a certificate that does not fit. */
  finding: 1,
  /** The command, or a file it names, could not be read. */
  usage: 2,
  /** Something could not be looked up or reached: no answer, which is not a bad one. */
  unknown: 3,
  /** Ended by the user. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Of several answers the one to end with: what was not read, then what is not known, then findings. */
export function worst(codes: Iterable<ExitCode>): ExitCode {
  const seen = new Set(codes);
  for (const code of [130, 2, 3, 1] as const) if (seen.has(code)) return code;
  return exitCode.good;
}
