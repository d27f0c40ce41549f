/**
 * Makes every text column of PostgreSQL compare and sort by bytes, as SQLite does, whatever language the database was
 * made for: lists come in one order everywhere, keys are equal exactly if their bytes are, and an upgrade of the
 * system's language tables cannot damage an index.
 */
import {
  DataTypeNode,
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryId,
  RawNode,
  type RootOperationNode,
} from 'kysely';

const TEXT_BY_BYTES = 'text collate "C"';

class TextTypes extends OperationNodeTransformer {
  override transformNodeImpl<T extends Parameters<typeof DataTypeNode.is>[0]>(node: T, queryId?: QueryId): T {
    if (DataTypeNode.is(node) && node.dataType === 'text')
      return RawNode.createWithSql(TEXT_BY_BYTES) as unknown as T;
    return super.transformNodeImpl(node, queryId);
  }
}

/** To be used for the statements that make tables and columns. */
export class ByteOrder implements KyselyPlugin {
  readonly #types = new TextTypes();

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return this.#types.transformNode(node, queryId);
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<PluginTransformResultArgs['result']> {
    return result;
  }
}
