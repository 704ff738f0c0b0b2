using System;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace NanoComm.Virtual.Web
{
    /// <summary>
    /// Who may see the page, and who may press its buttons. A browser is told by what no page of somebody else can forge:
    /// its Host header, which has to be an address and no name, so that a name which is made to point here afterwards is of
    /// no use; its Origin and Sec-Fetch-Site headers; and, for buttons, a header of our own with the token that the board
    /// printed. Cookies there are none.
    /// </summary>
    internal sealed class PageGuard
    {
        /// <summary>The header that carries the token.</summary>
        public const string TokenHeader = "X-NanoComm-Token";

        private const int TokenBytes = 18;
        private const int HttpPort = 80;

        private readonly byte[] _token;

        /// <summary>Makes it, and a token.</summary>
        /// <param name="address">Where the page is.</param>
        public PageGuard(IPAddress address)
        {
            AllowsWrites = IPAddress.IsLoopback(address);
            Token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(TokenBytes)).Replace('+', '-').Replace('/', '_');
            _token = Encoding.ASCII.GetBytes(Token);
        }

        /// <summary>What it takes to press a button.</summary>
        public string Token { get; }

        /// <summary>Whether the buttons do something at all: not where others can reach the page.</summary>
        public bool AllowsWrites { get; }

        /// <summary>The port that it got; nobody is admitted before it is known.</summary>
        public int Port { get; set; }

        /// <summary>Whether a request is for this page, and from it or from nobody's.</summary>
        /// <param name="request">The request.</param>
        /// <param name="isPage">Whether it is for the page itself, to which a link from elsewhere may lead.</param>
        public bool Admits(HttpRequest request, bool isPage)
        {
            string host = request.Host.Value;
            string origin = request.Headers.Origin;
            string site = request.Headers["Sec-Fetch-Site"];
            return IsOurs(request.Host)
                && (origin is null || origin == "http://" + host)
                && (isPage || site is null or "same-origin" or "none");
        }

        /// <summary>Whether a request may press a button.</summary>
        public bool AdmitsWrite(HttpRequest request)
        {
            IPAddress remote = request.HttpContext.Connection.RemoteIpAddress;
            byte[] token = Encoding.UTF8.GetBytes((string)request.Headers[TokenHeader] ?? "");
            return AllowsWrites && remote is not null && IPAddress.IsLoopback(remote)
                && CryptographicOperations.FixedTimeEquals(token, _token);
        }

        private bool IsOurs(HostString host)
        {
            return (host.Port ?? HttpPort) == Port
                && (IPAddress.TryParse(host.Host, out IPAddress address)
                    ? !AllowsWrites || IPAddress.IsLoopback(address)
                    : host.Host == "localhost");
        }
    }
}
