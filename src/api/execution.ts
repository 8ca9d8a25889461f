import { type ExecutionArgs, getOperationAST } from "graphql";
import { createGraphQLError, type Plugin } from "graphql-yoga";
import type { ApiChain, ApiContext } from "./context.ts";
import type { Heads } from "./heads.ts";
import { requireAffordable } from "./limits/requireAffordable.ts";
import { selectedFields } from "./limits/selectedFields.ts";
import { poolsAtPoints } from "./poolsAtPoints.ts";
import { findTips, type Tip } from "./queries/tips.ts";
import { type QuoteCache, quotesOf } from "./quotes.ts";
import { type Snapshot, type Snapshots, tooBusy } from "./snapshot.ts";
import { inSpells, Turns } from "./turns.ts";

/** Milliseconds that an operation's questions follow one another without a break. */
const SPELL_MS = 20;

export type Execution = {
  chains: readonly ApiChain[];
  snapshots: Snapshots;
  heads: Heads;
  /** Unix seconds. */
  clock: () => number;
};

/**
 * Executes each operation inside one snapshot of the database. What is not of the database, the heads of the
 * chains, is fetched before it is opened, so that no connection waits for a network.
 */
export function inOneSnapshot({ chains, snapshots, heads, clock }: Execution): Plugin {
  const kept: QuoteCache = new Map();
  return {
    onExecute({ executeFn, setExecuteFn }) {
      setExecuteFn(async (args: ExecutionArgs) => {
        const asked = rootFieldsOf(args, chains.length);
        if (asked.every((name) => name.startsWith("__"))) return executeFn(args);
        const chainIds = asked.includes("status") ? chains.map(({ id }) => id) : [];
        const headOf = await heads(chainIds);
        return snapshots.read(async (snapshot, isAwaited) => {
          let answered = false;
          const state = { snapshot, isAwaited: () => !answered && isAwaited() };
          const context = contextOf(state, { chains, heads: headOf, now: clock() }, kept);
          const answer = await executeFn({ ...args, contextValue: { ...yogaContext(args), ...context } });
          answered = true;
          // It is refused, once the question that is being read has its answer.
          await context.ask(() => Promise.resolve()).catch(() => undefined);
          return asItStands(answer);
        });
      });
    },
  };
}

/**
 * An error that leaves nothing to answer ends the operation while fields beside it are still being read. They may
 * ask no more, and what they throw then is added to the answer's list of errors: the client's is a copy.
 */
function asItStands<T extends { errors?: readonly unknown[] }>(result: T): T {
  return result.errors === undefined ? result : { ...result, errors: [...result.errors] };
}

/** The names of what it asks for, after refusing what it may not. */
function rootFieldsOf({ document, operationName, variableValues }: ExecutionArgs, chains: number): string[] {
  const operation = getOperationAST(document, operationName);
  if (operation == null) throw createGraphQLError("There is no such operation in the document.");
  requireAffordable(document, operation, variableValues ?? {}, chains);
  return selectedFields(document, operation.selectionSet).map(({ name }) => name.value);
}

function contextOf(
  { snapshot, isAwaited }: { snapshot: Snapshot; isAwaited(): boolean },
  given: Pick<ApiContext, "chains" | "heads" | "now">,
  kept: QuoteCache,
): ApiContext {
  // A connection answers one query at a time; resolvers beside each other would all ask at once.
  const turns = new Turns(1, inSpells(SPELL_MS));
  const ask: ApiContext["ask"] = (question) =>
    turns.run(() => {
      // After its deadline an operation would hold its turn of the database for nothing; once it is answered, what an
      // error left unread would ask a connection that is another operation's.
      if (!isAwaited()) throw tooBusy();
      return question(snapshot);
    });
  let tips: Promise<ReadonlyMap<number, Tip>> | undefined;
  return {
    ...given,
    ask,
    ...quotesOf(ask, given.chains, kept),
    poolAt: poolsAtPoints(ask),
    tips: () => {
      tips ??= ask((tables) =>
        findTips(
          tables,
          given.chains.map(({ id }) => id),
        ),
      );
      return tips;
    },
  };
}

function yogaContext({ contextValue }: ExecutionArgs): object {
  return typeof contextValue === "object" && contextValue !== null ? contextValue : {};
}
