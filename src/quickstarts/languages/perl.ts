/** Perl with Net::OAuth, which only signs; LWP sends. */
import { singleQuoted as quoted } from '../quote.ts';
import { PRIVATE_KEY_FILE, type QuickstartFacts, SECRET_VARIABLE, type Template } from '../template.ts';

export const perl: Template = {
  title: 'Perl: Net::OAuth',
  file: 'quickstart.pl',
  install: 'cpanm Net::OAuth LWP::UserAgent LWP::Protocol::https Crypt::OpenSSL::RSA',
  run: 'perl quickstart.pl',
  isTested: true,
  code: ({ publicUrl, consumerKey, credential }: QuickstartFacts) => `use strict;
use warnings;
use utf8;
${credential === 'public-key' ? 'use Crypt::OpenSSL::RSA;\n' : ''}use LWP::UserAgent;
use Net::OAuth;
use URI;

$Net::OAuth::PROTOCOL_VERSION = Net::OAuth::PROTOCOL_VERSION_1_0A;
$| = 1;
my $url = ${quoted(publicUrl)};
${credential === 'public-key' ? readKey : ''}
sub call {
    my ($type, $method, $path, %more) = @_;
    my $request = Net::OAuth->request($type)->new(
        consumer_key => ${quoted(consumerKey)},
        consumer_secret => ${credential === 'shared-secret' ? `$ENV{${SECRET_VARIABLE}}` : "''"},
        signature_method => '${credential === 'shared-secret' ? 'HMAC-SHA256' : 'RSA-SHA1'}',
        request_url => "$url$path",
        request_method => $method,
        timestamp => time,
        nonce => join('', map { int rand 10 } 1 .. 16),
        %more,
    );
    $request->sign${credential === 'public-key' ? '($private_key)' : ''};
    my $answer = LWP::UserAgent->new->request(
        HTTP::Request->new($method => "$url$path", [ Authorization => $request->to_authorization_header ]));
    die $answer->status_line, "\\n", $answer->content unless $answer->is_success;
    return $answer->content;
}

sub token {
    my %fields = URI->new("?$_[0]")->query_form;
    return (token => $fields{oauth_token}, token_secret => $fields{oauth_token_secret});
}

my %token = token(call('request token', 'POST', '/oauth/request-token', callback => 'oob'));
print "Open $url/oauth/authorize?oauth_token=$token{token}\\nCode: ";
my $code = <STDIN>;
$code =~ s/\\s+//g;
%token = token(call('access token', 'POST', '/oauth/access-token', %token, verifier => $code));
print call('protected resource', 'GET', '/oauth/whoami', %token), "\\n";
`,
};

const readKey = `my $pem = do { local (@ARGV, $/) = '${PRIVATE_KEY_FILE}'; <> };
my $private_key = Crypt::OpenSSL::RSA->new_private_key($pem);
`;
