/**
 * Every setting there is, once: its name, what it means, how it is written, an example and its default. The
 * flags, the environment variables, the keys of the configuration file, `config show` and the reference page
 * all come from this table. A setting stands here from the day it works, not before.
 */
import { z } from 'zod';
import { checkOpenId } from './openid-rules.ts';
import { checkUserHeader } from './user-header-rules.ts';
import {
  addressRange,
  claimValue,
  duration,
  filePath,
  headerName,
  hostAndPort,
  noncePlace,
  oneOf,
  pathPattern,
  requestRate,
  secretText,
  share,
  shownText,
  webAddress,
  wordOrUrl,
} from './values.ts';

/** What people are told about a setting. */
export interface SettingFacts {
  readonly description: string;
  readonly example: string;
  /** What the value is called after its flag: `--listen HOST:PORT`. */
  readonly placeholder: string;
  /** For a setting whose default is worked out at start. */
  readonly derivedDefault?: string;
  /** The value may hold a password: shown as `***`, and readable from a file named by `…_FILE`. */
  readonly isSecret?: boolean;
  /** Every command has its flag; the others belong to `serve`. */
  readonly isCommon?: boolean;
}

/** Descriptions of the settings, by their schema. */
export const SETTING_FACTS = z.registry<SettingFacts>();

/** The settings. Strict: a key that is not here is a mistake, never ignored. */
export const settingsSchema = z
  .strictObject({
    data: filePath.prefault('./data').register(SETTING_FACTS, {
      description:
        'Directory that holds everything this installation keeps. It is created, for its owner only, when it does not exist. A relative path begins at the working directory.',
      example: '/var/lib/countersign',
      placeholder: 'DIR',
      isCommon: true,
    }),
    database: wordOrUrl(['embedded'], /^postgres(ql)?:\/\//, 'postgres://USER:PASSWORD@HOST/DATABASE')
      .prefault('embedded')
      .register(SETTING_FACTS, {
        description:
          'Where the data is kept: `embedded` is a database in the data directory; the URL of a PostgreSQL database lets several servers share it. Each of them then has the same `secret.key` in its data directory.',
        example: 'postgres://countersign:PASSWORD@db.example.com/countersign?sslmode=verify-full',
        placeholder: 'URL',
        isSecret: true,
        isCommon: true,
      }),
    listen: hostAndPort({ mayBeFreePort: true }).prefault('127.0.0.1:8080').register(SETTING_FACTS, {
      description:
        'Address that the server accepts requests on. A port alone is one of 127.0.0.1; port 0 takes any free port.',
      example: '0.0.0.0:8080',
      placeholder: 'HOST:PORT',
    }),
    publicUrl: webAddress({ mayHavePath: true }).optional().register(SETTING_FACTS, {
      description:
        'URL under which people and consumers reach this installation; it may have a path. Signatures are checked against it, so it must be the one that consumers sign, whatever a proxy in between does.',
      example: 'https://tracker.example.com',
      placeholder: 'URL',
      derivedDefault: 'http:// and the address it listens on',
    }),
    name: shownText(60).prefault('Countersign').register(SETTING_FACTS, {
      description:
        'What this installation is called on its pages and to others, from its first start on. Later, change it with `countersign info edit --name`.',
      example: 'Tracker',
      placeholder: 'TEXT',
    }),
    upstream: webAddress({ mayHavePath: false }).optional().register(SETTING_FACTS, {
      description:
        'Application behind this installation: every request outside our own addresses is verified and passed on to it.',
      example: 'http://127.0.0.1:3000',
      placeholder: 'URL',
      derivedDefault: 'none; there is only our own part',
    }),
    publicPath: z.array(pathPattern).prefault([]).register(SETTING_FACTS, {
      description:
        'Paths of the upstream that anybody may read without OAuth. `*` stands for one segment, `**` for any number of them.',
      example: '/status',
      placeholder: 'PATTERN',
    }),
    requireBodyHash: z.array(pathPattern).prefault([]).register(SETTING_FACTS, {
      description:
        'Paths at which a signed request with a body that is no form must carry `oauth_body_hash`, since nothing else protects such a body. `*` stands for one segment, `**` for any number of them.',
      example: '/rest/**',
      placeholder: 'PATTERN',
    }),
    trustProxy: z.array(addressRange).prefault([]).register(SETTING_FACTS, {
      description:
        'Addresses of the proxies in front whose X-Forwarded headers and request ids are believed. Nobody else’s are.',
      example: '10.0.0.0/8',
      placeholder: 'CIDR',
    }),
    management: hostAndPort({ mayBeFreePort: true }).optional().register(SETTING_FACTS, {
      description:
        'Address of a second listener that answers `/livez`, `/readyz` and `/metrics`, for supervisors and Prometheus only.',
      example: '127.0.0.1:9090',
      placeholder: 'HOST:PORT',
      derivedDefault: 'none; there is no such listener',
    }),
    nonces: noncePlace.optional().register(SETTING_FACTS, {
      description:
        'Where used nonces are remembered: `memory`, with a journal in the data directory, is fast, and for one server alone; `database` keeps them with everything else; `redis://…`, `rediss://…` (TLS) or `valkey://…` is a server that several nodes share. None of them ever accepts one twice, not even after a crash.',
      derivedDefault: '`memory` with the embedded database, `database` with PostgreSQL',
      example: 'redis://cache.internal:6379/0',
      placeholder: 'WHERE',
      isSecret: true,
    }),
    consumerRate: requestRate.prefault('off').register(SETTING_FACTS, {
      description:
        'How many signed requests each consumer may make: in a second, a minute or an hour. As many may come at once. Beyond it the answer is 429 with Retry-After. Counted by each server for itself, or by all together where `nonces` names Redis.',
      example: '6000/m',
      placeholder: 'RATE',
    }),
    drainDelay: duration({ least: '0s', most: '5m' }).prefault('0s').register(SETTING_FACTS, {
      description:
        'How long a server that was told to stop still accepts requests, while `/readyz` answers 503 already: time for a balancer in front of several servers to look elsewhere.',
      example: '5s',
      placeholder: 'DURATION',
    }),
    accessTokenTtl: duration({ least: '1s', most: '3650d' }).prefault('7d').register(SETTING_FACTS, {
      description: 'How long an access token works after the user approved.',
      example: '12h',
      placeholder: 'DURATION',
    }),
    requestTokenTtl: duration({ least: '1s', most: '1d' }).prefault('10m').register(SETTING_FACTS, {
      description: 'How long a user has to approve, and the consumer to exchange, a request token.',
      example: '30m',
      placeholder: 'DURATION',
    }),
    sessionTtl: duration({ least: '1s', most: '3650d' }).prefault('37d').register(SETTING_FACTS, {
      description:
        'How long, from the user’s approval on, access can be renewed by session handle without asking again. No access token outlives it.',
      example: '90d',
      placeholder: 'DURATION',
    }),
    timestampWindow: duration({ least: '1s', most: '1h' }).prefault('300s').register(SETTING_FACTS, {
      description: 'How far the time in a signed request may be from ours, before or after.',
      example: '120s',
      placeholder: 'DURATION',
    }),
    allowHost: z
      .array(hostAndPort({ mayBeFreePort: false }))
      .prefault([])
      .register(SETTING_FACTS, {
        description:
          'Private addresses that requests of ours may reach, such as another installation in the same network whose consumer information is fetched.',
        example: 'wiki.internal:8081',
        placeholder: 'HOST:PORT',
      }),
    oidcIssuer: webAddress({ mayHavePath: true }).optional().register(SETTING_FACTS, {
      description:
        'Issuer of an OpenID provider that people may log in with, beside their passwords. It begins with https://, unless it is on this machine. A private address must be listed with `allow-host`, too. Register `/oauth/login/callback` below the public URL there.',
      example: 'https://id.example.com/realms/staff',
      placeholder: 'URL',
      derivedDefault: 'none; people log in with passwords only',
    }),
    oidcClientId: shownText(255).optional().register(SETTING_FACTS, {
      description: 'What the OpenID provider calls this installation.',
      example: 'countersign',
      placeholder: 'TEXT',
      derivedDefault: 'none; needed with `oidc-issuer`',
    }),
    oidcClientSecret: secretText.optional().register(SETTING_FACTS, {
      description:
        'Secret that this installation shows to the OpenID provider. Better from a file or the environment than on the command line, where other users of the machine see it.',
      example: 'SECRET',
      placeholder: 'SECRET',
      derivedDefault: 'none; needed with `oidc-issuer`',
      isSecret: true,
    }),
    oidcName: shownText(60).optional().register(SETTING_FACTS, {
      description: 'What people call the OpenID provider: the button says “Log in with …”.',
      example: 'Example ID',
      placeholder: 'TEXT',
      derivedDefault: 'the host of `oidc-issuer`',
    }),
    oidcScope: shownText(255).prefault('openid profile email').register(SETTING_FACTS, {
      description: 'What the OpenID provider is asked for; some need another scope for groups.',
      example: 'openid profile email groups',
      placeholder: 'TEXT',
    }),
    oidcUserClaim: shownText(255).prefault('preferred_username').register(SETTING_FACTS, {
      description:
        'Claim that holds the user name, at somebody’s first login. `email` counts only where the provider has verified it.',
      example: 'email',
      placeholder: 'CLAIM',
    }),
    oidcAdministrators: claimValue.optional().register(SETTING_FACTS, {
      description:
        'Claim and value that make an administrator of whoever logs in with the OpenID provider: the claim is that text, or a list that holds it. The role is then given and taken at each such login; the last administrator stays one.',
      example: 'groups=countersign-administrators',
      placeholder: 'CLAIM=VALUE',
      derivedDefault: 'none; administrators are named here',
    }),
    oidcCreateUsers: oneOf(['on', 'off']).prefault('off').register(SETTING_FACTS, {
      description: 'Whether people whom the OpenID provider knows and nobody here does become users.',
      example: 'on',
      placeholder: 'on|off',
    }),
    oidcBindUsers: oneOf(['on', 'off']).prefault('off').register(SETTING_FACTS, {
      description:
        'Whether a person from the OpenID provider takes over the user of the same name who was here before. Only where people cannot choose their names there. Administrators are never taken over; `countersign user bind` binds one.',
      example: 'on',
      placeholder: 'on|off',
    }),
    userHeader: headerName.optional().register(SETTING_FACTS, {
      description:
        'Header field in which a proxy that has logged people in names them, in ASCII. It counts from the addresses of `trust-proxy` only, for people’s pages, and to log in; administrators, and people with a second factor, need their password here. The proxy has to set or delete it in every request.',
      example: 'Remote-User',
      placeholder: 'NAME',
      derivedDefault: 'none; no header says who people are',
    }),
    userDisplayNameHeader: headerName.optional().register(SETTING_FACTS, {
      description:
        'Header field with the full name of somebody who becomes a user by `user-header`, in UTF-8.',
      example: 'Remote-Name',
      placeholder: 'NAME',
      derivedDefault: 'none; the user name',
    }),
    userEmailHeader: headerName.optional().register(SETTING_FACTS, {
      description: 'Header field with the e-mail address of somebody who becomes a user by `user-header`.',
      example: 'Remote-Email',
      placeholder: 'NAME',
      derivedDefault: 'none; no address',
    }),
    userHeaderCreateUsers: oneOf(['on', 'off']).prefault('off').register(SETTING_FACTS, {
      description: 'Whether people whom `user-header` names and nobody here knows become users.',
      example: 'on',
      placeholder: 'on|off',
    }),
    userHeaderLogout: webAddress({ mayHavePath: true }).optional().register(SETTING_FACTS, {
      description:
        'Where people log out of the proxy that names them; the page after logging out here leads there.',
      example: 'https://auth.example.com/logout',
      placeholder: 'URL',
      derivedDefault: 'none; nothing leads there',
    }),
    requireSecondFactor: oneOf(['off', 'administrators']).prefault('off').register(SETTING_FACTS, {
      description:
        'Who has to turn on a second factor (codes of an authenticator) before anything else: nobody, or every administrator with a password here. Everybody may turn one on. People who log in by the OpenID provider have theirs there.',
      example: 'administrators',
      placeholder: 'off|administrators',
    }),
    captureRefusals: oneOf(['on', 'off']).prefault('on').register(SETTING_FACTS, {
      description:
        'Whether refused signed requests are kept for three days, sealed and few, so that administrators can see why each was refused. Accepted requests are never kept.',
      example: 'off',
      placeholder: 'on|off',
    }),
    auditRetention: duration({ least: '1d', most: '3650d' }).prefault('730d').register(SETTING_FACTS, {
      description:
        'How long entries of the audit log are kept. Older ones are deleted for good; export them before if you must keep them.',
      example: '3650d',
      placeholder: 'DURATION',
    }),
    otlpEndpoint: webAddress({ mayHavePath: true }).optional().register(SETTING_FACTS, {
      description:
        'Base address of an OpenTelemetry collector that takes traces by OTLP over HTTP; `/v1/traces` is added to it. Each request gives a trace, which goes on in the upstream by its `traceparent` header.',
      example: 'http://127.0.0.1:4318',
      placeholder: 'URL',
      derivedDefault: 'none; there are no traces',
    }),
    traceShare: share.prefault('1').register(SETTING_FACTS, {
      description:
        'How many of the requests give a trace, from 0 to 1. Where a listed proxy has decided about a trace already, its decision holds.',
      example: '0.05',
      placeholder: 'SHARE',
    }),
    logLevel: oneOf(['debug', 'info', 'warn', 'error', 'silent']).prefault('info').register(SETTING_FACTS, {
      description:
        'The least that is worth a line in the log, on stderr. Refused requests are `info`, answered ones `debug`.',
      example: 'warn',
      placeholder: 'debug|info|warn|error|silent',
    }),
    logFormat: oneOf(['json', 'text']).prefault('json').register(SETTING_FACTS, {
      description:
        'How the log is written: one JSON object for each line, for programs, or text, for people.',
      example: 'text',
      placeholder: 'json|text',
    }),
  })
  .check(checkOpenId)
  .check(checkUserHeader);

/** All settings, checked and in the units the program works with; durations are seconds. */
export type Settings = Readonly<z.output<typeof settingsSchema>>;

/** A setting's name as it is written in the configuration file. */
export type SettingName = keyof Settings;

/** One setting with all that is known about it. */
export interface Setting extends SettingFacts {
  readonly name: SettingName;
  readonly flag: string;
  readonly variable: string;
  /** May be given several times. */
  readonly repeats: boolean;
  /** As it would be written; undefined where there is none or it is derived. */
  readonly default: string | undefined;
}

/** The settings in the order of the table. */
export const SETTINGS: readonly Setting[] = Object.entries(settingsSchema.shape).map(([name, schema]) => {
  const written: unknown = schema instanceof z.ZodPrefault ? schema.def.defaultValue : undefined;
  return {
    ...SETTING_FACTS.get(schema)!,
    name: name as SettingName,
    flag: `--${dashed(name)}`,
    variable: `COUNTERSIGN_${dashed(name).toUpperCase().replaceAll('-', '_')}`,
    repeats: Array.isArray(written),
    default: typeof written === 'string' ? written : undefined,
  };
});

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
