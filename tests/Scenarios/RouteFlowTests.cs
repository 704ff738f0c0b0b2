using System;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NanoComm.Tests.Scenarios
{
    /// <summary>docs/b-route-flows.md, run as it stands there: a customer's B route from its opening to its end.</summary>
    [Parallelizable]
    internal sealed class RouteFlowTests
    {
        private const string Page = "b-route-flows.md";
        private const string BoardLine = "dotnet run --project boards/Virtual -- ";
        private const string Address = "127.0.0.46";
        private const string Carry = "carry ";

        private PageSession _session;
        private string _board;

        [SetUp]
        public void SetUp()
        {
            _session = new PageSession();
        }

        [TearDown]
        public void TearDown()
        {
            _session.Dispose();
        }

        [Test]
        [Platform(Exclude = "Win")]
        public void From_opening_to_closing()
        {
            foreach (string endpoint in (string[])["127.0.0.1:4059", "127.0.0.1:4060", "127.0.0.1:4061", "127.0.0.1:4062"])
            {
                _session.Replace(endpoint, FreeEndpoint());
            }

            string controller = null;
            foreach (string line in PageSession.Read(Page))
            {
                TestContext.Out.WriteLine(line);
                if (line.StartsWith("# Ctrl-C", StringComparison.Ordinal))
                {
                    _session.Interrupt(line.Contains("controller", StringComparison.Ordinal) ? controller : _board);
                }
                else if (line.StartsWith(BoardLine, StringComparison.Ordinal))
                {
                    _board = line;
                    _session.Run(line, Where(line));
                }
                else if (line.StartsWith(Carry, StringComparison.Ordinal))
                {
                    CarryOut(line);
                }
                else
                {
                    controller = line.StartsWith("nanocomm hems", StringComparison.Ordinal) ? line : controller;
                    _session.Run(line);
                }

                if (line.EndsWith("> sheet.txt", StringComparison.Ordinal))
                {
                    ReadSheet();
                }
            }

            _session.AssertNothingIsNew();
        }

        // Five minutes are too long for a test: the unit is switched off and on, and looks into the Order box at once.
        private void CarryOut(string line)
        {
            using Process order = _session.Begin(line);
            string said = "";
            while (!said.Contains("It is in the Order box", StringComparison.Ordinal))
            {
                string next = order.StandardOutput.ReadLine();
                Assert.That(next, Is.Not.Null, said);
                said += next + "\n";
            }

            _session.Interrupt(_board);
            _session.Start(_board, Where(_board));
            Assert.That(PageSession.End(order), Does.Contain(PageSession.Wanted(line)), line);
        }

        // Each class of tests has an address of its own.
        private static string Where(string board)
        {
            return board.Contains("--wifi ", StringComparison.Ordinal) ? $" --wifi-address {Address}" : $" --listen {Address}";
        }

        // The customer reads it, and types it into his controller.
        private void ReadSheet()
        {
            string sheet = _session.Text("sheet.txt");
            string[] groups = [.. Regex.Matches(sheet, @"\b\d+  ([0-9A-Za-z]{4})-\d\d\b").Select(match => match.Groups[1].Value)];
            Assert.That(groups, Has.Length.EqualTo(11), sheet);
            _session.Replace("--id ID", "--id " + string.Concat(groups[..8]));
            _session.Replace("printf 'PASSWORD", "printf '" + string.Concat(groups[8..]));
        }

        private static string FreeEndpoint()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return listener.LocalEndpoint.ToString();
        }
    }
}
