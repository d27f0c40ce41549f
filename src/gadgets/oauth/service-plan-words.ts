/** What a plan for a gadget's service means, for the administrator who is about to add the gadget. */
import type { ServiceFault, ServicePlan } from './resolve-services.ts';

type Language = 'en' | 'ja';

interface Words {
  readonly known: string;
  readonly completed: string;
  readonly created: string;
  readonly ownKey: string;
  readonly secret: string;
  readonly refused: Readonly<Record<ServiceFault, string>>;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    known: 'Uses the service provider “{provider}”, which is entered here. {credential}',
    completed:
      'The service provider “{provider}” gets the addresses of the spec ({host}). {credential} Check that this is the host that gave you the credential.',
    created:
      'A service provider “{provider}” is added for {host}. Requests are signed with this installation’s own key, which has to be registered there.',
    ownKey: 'Requests are signed with this installation’s own key.',
    secret: 'Requests are signed with its shared secret.',
    refused: {
      incomplete:
        'The spec names no complete addresses for the service “{service}”, and no service provider of that name is entered here. Enter one with its addresses; then the gadget can ask for approval.',
      'other-addresses':
        'A service provider “{service}” is entered here, but the spec means other addresses ({host}). Its credential is not used for them. If the spec is right, enter a service provider for {host} under another name.',
      insecure:
        'The spec sends tokens for “{service}” over plain http ({host}), where others can read along. If that is meant, enter a service provider for {host} yourself.',
      plaintext:
        'The service provider “{service}” signs by PLAINTEXT, which sends its secret as it is. A spec cannot say where to; enter its addresses yourself.',
    },
  },
  ja: {
    known: '登録済みのサービスプロバイダ「{provider}」を使います。{credential}',
    completed:
      'サービスプロバイダ「{provider}」に仕様のアドレス ({host}) が入ります。{credential}この資格情報を発行したホストであることを確認してください。',
    created:
      '{host} 用のサービスプロバイダ「{provider}」が追加されます。要求はこのシステム自身の鍵で署名されるため、先方にその鍵の登録が必要です。',
    ownKey: '要求はこのシステム自身の鍵で署名されます。',
    secret: '要求はその共有の秘密で署名されます。',
    refused: {
      incomplete:
        '仕様にはサービス「{service}」のアドレスがそろっておらず、その名前のサービスプロバイダも登録されていません。アドレスとともに登録すると、ガジェットが承認を求められるようになります。',
      'other-addresses':
        'サービスプロバイダ「{service}」は登録済みですが、仕様のアドレス ({host}) は別のものです。その資格情報は使われません。仕様が正しければ、{host} 用に別の名前で登録してください。',
      insecure:
        '仕様は「{service}」のトークンを暗号化されない http ({host}) で送ります。それでよければ、{host} 用のサービスプロバイダを自分で登録してください。',
      plaintext:
        'サービスプロバイダ「{service}」は PLAINTEXT で、秘密をそのまま送ります。送り先を仕様で決めることはできません。アドレスを自分で登録してください。',
    },
  },
};

/** One or two sentences: what happens, or what to do. */
export function servicePlanWords(language: Language, plan: ServicePlan): string {
  const words = WORDS[language];
  const addresses = plan.kind === 'refused' ? plan.addresses : plan.kind === 'known' ? null : plan.fields;
  const values: Readonly<Record<string, string>> = {
    service: plan.service,
    provider: plan.kind === 'refused' ? '' : plan.provider,
    host: addresses === null ? '' : new URL(addresses.accessTokenUrl).host,
    credential: 'ownKey' in plan ? (plan.ownKey ? words.ownKey : words.secret) : '',
  };
  const sentence = plan.kind === 'refused' ? words.refused[plan.code] : words[plan.kind];
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '').trim();
}
