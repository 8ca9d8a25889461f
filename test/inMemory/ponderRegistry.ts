/** Stands for `ponder:registry` outside Ponder: keeps what is registered, for `indexLogs` to call. */
export type Handler = (handler: { event: unknown; context: unknown }) => Promise<void>;

export const handlers = new Map<string, Handler>();

export const ponder = { on: (name: string, handler: Handler) => void handlers.set(name, handler) };
