using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Simulators.Dlms;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>
    /// Mutated frames: no exception escapes, and nothing that only the keys give out comes back. The check
    /// sequences are mostly made right again, or hardly a frame would get past them.
    /// </summary>
    [Parallelizable]
    public class ServerFuzzTests
    {
        private static readonly int Frames = Effort.Of(500_000);
        private static readonly int Requested = Effort.Of(20_000);

        [Test]
        public void NoFrameBreaksTheServerOrReadsWithoutKeys()
        {
            var random = new Random(20260401);
            var bench = new ServerBench();
            byte[][] corpus = Record(bench);
            ServerClient thief = bench.PublicClient();
            int answered = 0;
            int served = 0;
            for (int i = 0; i < Frames; i++)
            {
                byte[] frame = Mutate((byte[])corpus[random.Next(corpus.Length)].Clone(), random);
                byte[] answer = thief.Exchange(frame);
                answered += answer.Length > 0 ? 1 : 0;
                served += Check(bench, answer);
                bench.Clock.Milliseconds += 300;
            }

            TestContext.Out.WriteLine($"{Frames} frames, {answered} answered, {served} of them with the public name");
            Assert.That(answered, Is.GreaterThan(Frames / 10), "the mutations get past the check sequences");
            Assert.That(bench.Count(SecurityEventCode.Associated), Is.EqualTo(2), "only those that were recorded");
            bench.Clock.AdvanceSeconds(1);
            bench.Client().Associate();
        }

        [Test]
        public void NoPlaintextUnderTheKeysBreaksTheServer()
        {
            var random = new Random(20260402);
            var bench = new ServerBench();
            ServerClient client = bench.UtilityClient();
            client.MaxPdu = 512;
            client.Associate();
            byte[][] corpus = Requests().ToArray();
            int exceptions = 0;
            for (int i = 0; i < Requested; i++)
            {
                byte[] request = Mangle((byte[])corpus[random.Next(corpus.Length)].Clone(), random);
                if (request.Length is 0 or > 300 || request[0] is not (0xC0 or 0xC1 or 0xC3))
                {
                    continue;
                }

                byte[] response = client.Serve(request);
                exceptions += response[0] == 0xD8 ? 1 : 0;
                Assert.That(response.Length, Is.GreaterThan(2));
            }

            Assert.That(exceptions, Is.GreaterThan(Requested / 20));
        }

        // Whole conversations of all three clients, the requests alone.
        private static byte[][] Record(ServerBench bench)
        {
            var frames = new List<byte[]>();
            foreach (ServerClient client in (ServerClient[])[bench.Client(), bench.UtilityClient()])
            {
                frames.Add(client.Frame(ServerClient.Snrm));
                frames.Add(client.Frame(ServerClient.Snrm, Convert.FromHexString("818006050140060160")));
                client.Connect();
                byte[] aarq = client.Aarq();
                client.TakeAare(client.Request(aarq));
                byte[] pass3 = client.Cipher(0xCB,
                    ServerClient.ReplyToHls(client.Proof(client.Counter++, client.ServerChallenge)));
                client.Request(pass3);
                byte[] get = client.Cipher(0xC8, Requests().First());
                frames.Add(client.Frame(0x10, [0xE6, 0xE6, 0, .. aarq]));
                frames.Add(client.Frame(0x32, [0xE6, 0xE6, 0, .. pass3]));
                frames.Add(client.Frame(0x54, [0xE6, 0xE6, 0, .. get]));
                frames.Add(client.Frame(0x11));
                frames.AddRange(Requests().Where(r => r.Length < 120)
                    .Select(r => client.Frame(0x54, [0xE6, 0xE6, 0, .. r])));
                frames.Add(client.Frame(ServerClient.Disc));
            }

            ServerClient anybody = bench.PublicClient();
            frames.Add(anybody.Frame(ServerClient.Snrm));
            frames.Add(anybody.Frame(0x10, [0xE6, 0xE6, 0, .. ServerClient.PublicAarq()]));
            frames.AddRange(Requests().Where(r => r.Length < 120)
                .Select(r => anybody.Frame(0x32, [0xE6, 0xE6, 0, .. r])));
            bench.Server.Restart();
            return frames.ToArray();
        }

        private static IEnumerable<byte[]> Requests()
        {
            byte[] clock = ServerClient.Reference(8, "0.0.1.0.0.255", 2);
            yield return [0xC0, 1, 0xC1, .. clock];
            yield return [0xC0, 1, 0xC1, .. ServerClient.Reference(1, "0.0.42.0.0.255", 2)];
            yield return [0xC0, 3, 0xC1, 2, .. clock, .. ServerClient.Reference(3, "1.0.1.8.0.255", 2)];
            yield return [0xC0, 1, 0xC1, .. ServerClient.Reference(7, "1.0.99.2.0.255", 2, ServerClient.Entries(1, 5))];
            yield return [0xC0, 1, 0xC1, .. ServerClient.Reference(7, "1.0.99.2.0.255", 2,
                ServerClient.Range(ServerClient.DateTime(ServerBench.Start.AddMinutes(-5)),
                    ServerClient.DateTime(ServerBench.Start)))];
            yield return [0xC0, 2, 0xC1, 0, 0, 0, 1];
            yield return [0xC0, 1, 0xC1, .. ServerClient.Reference(15, "0.0.40.0.0.255", 2)];
            yield return [0xC1, 1, 0xC1, .. ServerClient.Reference(1, "0.0.96.129.0.255", 2), 17, 5];
            yield return [0xC1, 1, 0xC1, .. clock, 9, 12, .. ServerClient.DateTime(ServerBench.Start.AddDays(1))];
            yield return ServerClient.ReplyToHls(new byte[17]);
        }

        // Zero when nothing was read, 1 for the logical device name, which anybody may read.
        private static int Check(ServerBench bench, byte[] answer)
        {
            for (int at = answer.AsSpan().IndexOf((byte[])[0xE6, 0xE7, 0x00]); at >= 0; at = -1)
            {
                byte[] apdu = answer[(at + 3)..^3];
                Assert.That(apdu[0], Is.AnyOf(0x61, 0x63, 0xC4, 0xC5, 0xC7, 0xD8), Convert.ToHexString(answer));
                bool isData = apdu[0] == 0xC4 && apdu[1] == 1 && apdu[3] == 0;
                if (isData)
                {
                    bool isName = apdu[4] == 9 && apdu.Length is 22 or 12;
                    Assert.That(isName, Is.True, Convert.ToHexString(answer));
                    return 1;
                }

                Assert.That(apdu[0] == 0xC4 && apdu[1] != 1, Is.False,
                    "a list or block: " + Convert.ToHexString(answer));
                Assert.That(apdu[0], Is.Not.EqualTo(0xC5), "SET");
            }

            return 0;
        }

        private static byte[] Mutate(byte[] frame, Random random)
        {
            if (random.Next(4) == 0)
            {
                return Mangle(frame, random);
            }

            // Below the check sequences, which are then made right again.
            bool hasInformation = frame.Length > 9;
            byte[] information = hasInformation ? frame[8..^3] : [];
            int kind = random.Next(4);
            byte control = kind == 0 ? (byte)random.Next(256) : frame[5];
            information = kind == 1 || !hasInformation ? information : Mangle(information, random);
            information = information.Length > 500 ? information[..500] : information;
            byte source = random.Next(20) == 0 ? (byte)random.Next(256) : frame[4];
            int length = 7 + (information.Length == 0 ? 0 : information.Length + 2);
            bool isSegmented = random.Next(20) == 0;
            byte[] header = [(byte)(0xA0 | (isSegmented ? 8 : 0) | (length >> 8)), (byte)length, frame[3], source,
                control];
            byte[] body = [.. header, .. ServerClient.Check(header)];
            if (information.Length > 0)
            {
                body = [.. body, .. information];
                body = [.. body, .. ServerClient.Check(body)];
            }

            return [0x7E, .. body, 0x7E];
        }

        private static byte[] Mangle(byte[] bytes, Random random)
        {
            for (int i = random.Next(3); i >= 0 && bytes.Length > 0; i--)
            {
                int at = random.Next(bytes.Length);
                switch (random.Next(5))
                {
                    case 0:
                        bytes[at] ^= (byte)(1 << random.Next(8));
                        break;
                    case 1:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 2:
                        bytes = [.. bytes[..at], .. bytes[(at + 1)..]];
                        break;
                    case 3:
                        bytes = [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
                        break;
                    default:
                        bytes = random.Next(4) == 0 ? bytes[..at] : bytes;
                        break;
                }
            }

            return bytes;
        }
    }
}
