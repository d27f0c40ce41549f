#!/usr/bin/perl
# A service provider made of Perl's Net::OAuth: it reads and verifies each message with the library's own classes.
# Prints one line with its port. Its settings are those of oauthlib_provider.py.
use strict;
use warnings;
use Encode 'decode_utf8';
use HTTP::Daemon;
use HTTP::Response;
use JSON::PP;
use Net::OAuth;
use URI;
use URI::QueryParam;
use Crypt::OpenSSL::RSA;

$Net::OAuth::PROTOCOL_VERSION = Net::OAuth::PROTOCOL_VERSION_1_0A;

my $settings = decode_json($ARGV[0]);
my $secret = $settings->{secret} // '';
my (%requests, %accesses, %nonces);
my $count = 0;

sub form {
    my ($code, %fields) = @_;
    my $uri = URI->new;
    $uri->query_form(%fields);
    return HTTP::Response->new($code, undef, ['Content-Type' => 'application/x-www-form-urlencoded'], $uri->query);
}

sub problem { return HTTP::Response->new(401, undef, ['WWW-Authenticate' => qq{OAuth oauth_problem="$_[0]"}], '') }

# The message, verified; or undef. Form and query parameters are part of what was signed.
sub message {
    my ($kind, $request, $url, $token_secret) = @_;
    my $authorization = $request->header('Authorization') // '';
    my $body = ($request->content_type // '') eq 'application/x-www-form-urlencoded' ? $request->content : '';
    my %extra = map { decode_utf8($_) } (URI->new($url)->query_form, URI->new("?$body")->query_form);
    $url =~ s/\?.*//;
    my $message = eval {
        Net::OAuth->request($kind)->from_authorization_header(
            $authorization,
            request_url => $url,
            request_method => $request->method,
            consumer_secret => $secret,
            extra_params => \%extra,
            ($kind eq 'request token' ? () : (token_secret => $token_secret)),
        );
    } or return;
    my @key = $settings->{publicKey} ? (Crypt::OpenSSL::RSA->new_public_key($settings->{publicKey})) : ();
    $_->use_sha1_hash for @key;
    return if $message->consumer_key ne 'wikiConsumerKey' || !eval { $message->verify(@key) } || $nonces{$message->nonce}++;
    return $message;
}

sub token_of { return ($_[0]->header('Authorization') // '') =~ /oauth_token="([^"]+)"/ ? $1 : '' }

sub request_token {
    my ($request, $url) = @_;
    my $message = message('request token', $request, $url) or return problem('signature_invalid');
    my ($token, $token_secret) = ('request' . ++$count, 'secret' . $count);
    $requests{$token} = { secret => $token_secret, callback => $message->callback };
    return form(200, oauth_token => $token, oauth_token_secret => $token_secret, oauth_callback_confirmed => 'true');
}

sub authorize {
    my ($url) = @_;
    my $pending = $requests{ $url->query_param('oauth_token') } or return problem('token_rejected');
    my $back = URI->new($pending->{callback});
    $back->query_param_append(oauth_token => $url->query_param('oauth_token'));
    if ($url->query_param('decision') eq 'approve') {
        $pending->{verifier} = 'verifier' . ++$count;
        $back->query_param_append(oauth_verifier => $pending->{verifier});
    } else {
        $back->query_param_append(oauth_problem => 'user_refused');
    }
    return HTTP::Response->new(302, undef, [Location => "$back"], '');
}

sub access_token {
    my ($request, $url) = @_;
    my $pending = $requests{ token_of($request) } or return problem('token_rejected');
    my $message = message('access token', $request, $url, $pending->{secret}) or return problem('signature_invalid');
    delete $requests{ $message->token };
    return problem('token_rejected') if $message->verifier ne ($pending->{verifier} // '');
    my ($token, $token_secret) = ('access' . ++$count, 'secret' . $count);
    $accesses{$token} = { secret => $token_secret, until => time + ($settings->{tokenSeconds} // 3600) };
    return form(200, oauth_token => $token, oauth_token_secret => $token_secret);
}

sub data {
    my ($request, $url) = @_;
    my $access = $accesses{ token_of($request) } or return problem('token_rejected');
    message('protected resource', $request, $url, $access->{secret}) or return problem('signature_invalid');
    return problem('token_expired') if $access->{until} <= time;
    return HTTP::Response->new(200, undef, ['Content-Type' => 'application/json'], '{"method":"' . $request->method . '"}');
}

my $daemon = HTTP::Daemon->new(LocalAddr => '127.0.0.1', ReuseAddr => 1) or die;
$| = 1;
print $daemon->sockport, "\n";
while (my $connection = $daemon->accept) {
    while (my $request = $connection->get_request) {
        my $url = 'http://' . $request->header('Host') . $request->uri->path_query;
        my $path = $request->uri->path;
        my $answer =
              $path eq '/request-token' ? request_token($request, $url)
            : $path eq '/access-token' ? access_token($request, $url)
            : $path eq '/authorize' ? authorize(URI->new($url))
            :                         data($request, $url);
        $answer->header('Connection' => 'close', 'Content-Length' => length $answer->content);
        $connection->send_response($answer);
        last;
    }
    $connection->close;
}
