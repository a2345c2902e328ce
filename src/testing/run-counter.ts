import type { ExpectedByRows } from './divergence.js';
import type { Fault } from './fault-plan.js';
import type { Ledger } from './ledger.js';
import type { ObservedCalls } from './observe-calls.js';
import { outcomeClass } from './observation.js';
import type { Call } from './scenario.js';

/** Puts what a scenario does into a ledger. */
export class RunCounter {
  constructor(private readonly ledger: Ledger) {}

  /** Whether the same faults met both; others are counted apart. */
  metTheSame(reference: readonly Fault[], candidate: readonly Fault[], isTolerated = false): boolean {
    const inCandidate = new Set(candidate.map(faultKey));
    const inReference = new Set(reference.map(faultKey));
    const onlyReference = reference.filter((fault) => !inCandidate.has(faultKey(fault)));
    const onlyCandidate = candidate.filter((fault) => !inReference.has(faultKey(fault)));
    const count = (faults: readonly Fault[], sides: string): void => {
      for (const { operation } of faults) this.ledger.count('sharedFaults', operation, sides);
    };
    count([...onlyReference, ...onlyCandidate], isTolerated ? 'one side, as a row has it' : 'one side');
    count(
      reference.filter((fault) => inCandidate.has(faultKey(fault))),
      'both',
    );
    return onlyReference.length === 0 && onlyCandidate.length === 0;
  }

  countCalls(calls: readonly Call[], { observation, met }: ObservedCalls, candidate: ObservedCalls): void {
    const either = new Map([...met, ...candidate.met].map((fault) => [faultKey(fault), fault]));
    for (const { operation, kind } of either.values()) this.ledger.count('faults', operation, kind);
    this.ledger.addTo('calls', calls.length);
    this.ledger.addTo('requests', observation.requests.length);
    calls.forEach(({ method }, index) => {
      const outcome = observation.outcomes[index];
      if (outcome) this.ledger.count('outcomes', method, outcomeClass(outcome));
    });
  }

  countRows({ applied, changed }: ExpectedByRows): void {
    for (const id of applied) this.ledger.count('rows', id, 'applied');
    for (const id of changed) this.ledger.count('rows', id, 'changed');
  }
}

function faultKey({ operation, occurrence, kind }: Fault): string {
  return `${operation} #${occurrence} ${kind}`;
}
