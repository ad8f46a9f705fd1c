/** The cast of a delivery: who is asked, and who comes between. */
export type CastMember = 'memory' | 'sender' | 'attacker' | 'dns' | 'policy-host' | 'receiver';
