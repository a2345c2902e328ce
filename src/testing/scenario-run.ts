import { CallHarness } from './call-harness.js';
import { firstDifference } from './difference.js';
import type { Difference } from './difference.js';
import { expectByRows, expectTogetherByRows, mapFaults, rowsFor } from './divergence.js';
import type { ExpectedByRows } from './divergence.js';

import type { Fault } from './fault-plan.js';
import type { Implementation } from './implementation.js';
import type { Ledger } from './ledger.js';
import { comparedParts } from './compared-parts.js';
import type { Mismatch } from './mismatch.js';
import { Normaliser } from './normalisation.js';
import { observeCall, observeTogether } from './observe-calls.js';
import type { ObservedCalls, RunningSide } from './observe-calls.js';
import { outcomeClass } from './observation.js';
import type { Observation } from './observation.js';
import { occurrencesOf } from './request-occurrences.js';
import { rehearsalOf } from './rehearsal.js';
import type { Call, Scenario } from './scenario.js';
import type { EquivalenceOptions, Verdict } from './verdict.js';

/** Other ways for a call to go, told by the requests that it makes. */
export type VariantsOf = (call: Call, requests: readonly Omit<Fault, 'kind'>[]) => Iterable<Call>;

type Step = { readonly mismatch: Mismatch } | 'goes on' | 'ends here';

/** One scenario on its way through both implementations. */
export class ScenarioRun {
  readonly #reference: RunningSide;
  readonly #candidate: RunningSide;
  readonly #normaliseReference: Normaliser;
  readonly #normaliseCandidate: Normaliser;
  readonly #requests: Omit<Fault, 'kind'>[][] = [];
  #widths: readonly number[] = [];

  constructor(
    private readonly options: EquivalenceOptions,
    private readonly ledger: Ledger,
  ) {
    this.#reference = start(options.reference);
    this.#candidate = start(options.candidate);
    this.#normaliseReference = this.#normaliser();
    this.#normaliseCandidate = this.#normaliser();
  }

  async complete(scenario: Scenario): Promise<Verdict> {
    this.ledger.addTo('scenarios');
    let step = await this.#compareCalls(scenario);
    if (step === 'goes on' && scenario.together)
      step = await this.#compareTogether(scenario, scenario.together);
    return this.#verdict(step);
  }

  /**
   * Runs the calls that come first, and then only those that run together, again and again from the same worlds: half
   * of a race's time goes into what comes before it.
   *
   * @returns `undefined` where the worlds cannot be put back.
   */
  async prepareRace(
    scenario: Scenario,
  ): Promise<((decisions: readonly number[]) => Promise<Verdict>) | undefined> {
    const { side: reference } = this.#reference;
    const { side: candidate } = this.#candidate;
    const together = scenario.together ?? [];
    if (!reference.save || !candidate.save) return undefined;
    this.ledger.addTo('scenarios');
    const first = await this.#compareCalls(scenario);
    if (first !== 'goes on') return async () => this.#verdict(first);
    const worlds = { reference: reference.save(), candidate: candidate.save() };
    return async (decisions) => {
      reference.restore?.(worlds.reference);
      candidate.restore?.(worlds.candidate);
      return this.#verdict(await this.#compareTogether({ ...scenario, decisions }, together));
    };
  }

  /**
   * Runs a scenario, and at each of its calls every variant of that call and what follows it, from the same worlds.
   *
   * @returns the first variant of the scenario that differs.
   */
  async sweep(scenario: Scenario, variantsOf: VariantsOf): Promise<Scenario | undefined> {
    for (const [at, call] of scenario.calls.entries()) {
      const goBack = this.#rememberWorlds();
      if ((await this.#compareCall(scenario, call, at)) !== 'goes on') return scenario;
      for (const variant of variantsOf(call, this.#requests.at(-1) ?? [])) {
        goBack();
        this.ledger.addTo('scenarios');
        const varied = { ...scenario, calls: scenario.calls.with(at, variant) };
        const step = await this.#compareCalls(varied, at);
        if (typeof step !== 'string') return varied;
      }
      goBack();
      await this.#compareCall(scenario, call, at);
    }
    return undefined;
  }

  #rememberWorlds(): () => void {
    const goBack = [this.#reference, this.#candidate].map(({ side, returned }) => {
      if (!side.save || !side.restore)
        throw new Error('A sweep needs sides that can save and restore their world.');
      const [world, results] = [side.save(), [...returned]];
      return () => {
        side.restore?.(world);
        returned.splice(0, Number.POSITIVE_INFINITY, ...results);
      };
    });
    return () => {
      for (const one of goBack) one();
    };
  }

  async #compareCalls(scenario: Scenario, from = 0): Promise<Step> {
    let step: Step = 'goes on';
    for (let at = from; at < scenario.calls.length && step === 'goes on'; at += 1) {
      const call = scenario.calls[at];
      if (call) step = await this.#compareCall(scenario, call, at);
    }
    return step;
  }

  #verdict(step: Step): Verdict {
    return {
      mismatch: typeof step === 'string' ? undefined : step.mismatch,
      isWhole: step !== 'ends here',
      widths: this.#widths,
      requests: this.#requests,
    };
  }

  #normaliser(): Normaliser {
    return new Normaliser(this.options.normalisations ?? [], (id) => {
      this.ledger.count('normalisations', id, 'matched');
    });
  }

  async #compareCall(scenario: Scenario, call: Call, at: number): Promise<Step> {
    const reference = await observeCall(this.#reference, call, at);
    const { rows, mapped } = this.#mapped(reference, call);
    const met = { ...call, faults: mapped };
    const world = rows.length > 0 ? this.#candidate.side.save?.() : undefined;
    const returned = [...this.#candidate.returned];
    const rehearse = rehearsalOf({ world, returned }, met, at, () => this.#normaliser());
    const candidate = await observeCall(this.#candidate, met, at);
    this.#count([call], reference, candidate);
    this.#requests.push(occurrencesOf(reference.observation, candidate.observation));
    const isTolerant = rows.some(({ toleratesFaults }) => toleratesFaults === true);

    const isSame = this.#metTheSame(
      mapFaults(rows, reference.met, reference.observation),
      candidate.met,
      isTolerant,
    );
    if (!isSame && !isTolerant) return 'ends here';

    const before = this.#normaliseReference.apply(reference.observation);
    const actual = this.#normaliseCandidate.apply(candidate.observation);
    const byRows = await expectByRows(rows, before, call, actual, rehearse);
    this.#countRows(byRows);
    const step = this.#compare(scenario, at, byRows, actual);
    return step === 'goes on' ? this.#goOnBehind(before, byRows.expected) : step;
  }

  async #compareTogether(scenario: Scenario, together: readonly Call[]): Promise<Step> {
    const decisions = scenario.decisions ?? [];
    const reference = await observeTogether(this.#reference, together, decisions);
    const candidate = await observeTogether(this.#candidate, together, decisions);
    this.#widths = reference.widths;
    this.ledger.addTo('schedules');
    this.#count(together, reference, candidate);

    if (!this.#metTheSame(reference.met, candidate.met)) return 'ends here';
    const before = this.#normaliseReference.apply(reference.observation);
    const actual = this.#normaliseCandidate.apply(candidate.observation);
    const byRows = await expectTogetherByRows(this.options.divergences ?? [], before, together, actual);
    this.#countRows(byRows);
    const step = this.#compare(scenario, scenario.calls.length, byRows, actual);
    if (step !== 'goes on') return step;
    // One that waits for the other call where its counterpart does not has fewer orders to be tried in.
    const difference = firstDifference(reference.widths, candidate.widths);
    if (!difference) return 'goes on';
    return this.#mismatch(
      scenario,
      scenario.calls.length,
      { ...difference, path: `requests waiting at once.${difference.path}` },
      byRows,
      actual,
    );
  }

  /** The rows are chosen by what the reference did, before the candidate runs: they also decide which faults it meets. */
  #mapped(
    reference: ObservedCalls,
    call: Call,
  ): { rows: ReturnType<typeof rowsFor>; mapped: readonly Fault[] } {
    const rows = rowsFor(this.options.divergences ?? [], reference.observation, call);
    return { rows, mapped: mapFaults(rows, call.faults ?? [], reference.observation) };
  }

  #compare(scenario: Scenario, at: number, byRows: ExpectedByRows, actual: Observation): Step {
    const { compare } = this.options;
    const difference = firstDifference(
      comparedParts(byRows.expected, compare),
      comparedParts(actual, compare),
    );
    return difference ? this.#mismatch(scenario, at, difference, byRows, actual) : 'goes on';
  }

  #mismatch(
    scenario: Scenario,
    at: number,
    difference: Difference,
    { expected, applied }: ExpectedByRows,
    actual: Observation,
  ): Step {
    const between = [this.options.reference.name, this.options.candidate.name] as const;
    return { mismatch: { scenario, at, difference, between, rows: applied, expected, actual } };
  }

  /** Behind a wanted difference, the candidate goes on in the reference's world, or the scenario ends. */
  #goOnBehind(reference: Observation, expected: Observation): Step {
    if (firstDifference(reference.outcomes, expected.outcomes)) {
      this.#candidate.returned.splice(0, Number.POSITIVE_INFINITY, ...this.#reference.returned);
    }
    if (!firstDifference(reference.state, expected.state)) return 'goes on';
    const { side: from } = this.#reference;
    const { side: to } = this.#candidate;
    if (!from.save || !to.restore) return 'ends here';
    to.restore(from.save());
    return 'goes on';
  }

  #metTheSame(reference: readonly Fault[], candidate: readonly Fault[], isTolerated = false): boolean {
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

  #count(calls: readonly Call[], { observation, met }: ObservedCalls, candidate: ObservedCalls): void {
    const either = new Map([...met, ...candidate.met].map((fault) => [faultKey(fault), fault]));
    for (const { operation, kind } of either.values()) this.ledger.count('faults', operation, kind);
    this.ledger.addTo('calls', calls.length);
    this.ledger.addTo('requests', observation.requests.length);
    calls.forEach(({ method }, index) => {
      const outcome = observation.outcomes[index];
      if (outcome) this.ledger.count('outcomes', method, outcomeClass(outcome));
    });
  }

  #countRows({ applied, changed }: ExpectedByRows): void {
    for (const id of applied) this.ledger.count('rows', id, 'applied');
    for (const id of changed) this.ledger.count('rows', id, 'changed');
  }
}

function start(implementation: Implementation): RunningSide {
  const harness = new CallHarness();
  return { harness, side: implementation.build(harness), returned: [] };
}

function faultKey({ operation, occurrence, kind }: Fault): string {
  return `${operation} #${occurrence} ${kind}`;
}
