using System;
using System.Globalization;
using System.Linq;
using NanoComm.Echonet;
using NanoComm.Metering;
using NUnit.Framework;

namespace NanoComm.Tests.Host.Echonet
{
    /// <summary>
    /// Mutated and random frames through the node: whatever arrives, it answers exactly when the standard wants an
    /// answer, counts each drop by its reason, and leaves the request as it was.
    /// NANOCOMM_FUZZ_SEED and NANOCOMM_FUZZ_FRAMES choose another run.
    /// </summary>
    [Parallelizable]
    [TestFixture(MeterClass.LowVoltage)]
    [TestFixture(MeterClass.HighVoltage)]
    public class EchonetNodeFuzzTests
    {
        private const int DefaultSeed = 20271122;

        // One byte more than a frame may have, as on the IP path.
        private const int BufferLength = EchonetFrame.MaxLength + 1;

        private static readonly byte[][] LowVoltage = new[]
        {
            "10810001 05FF01 028801 62 01 80 00",
            "10810002 05FF01 028801 62 06 8D00 D300 D700 E100 EA00 EB00",
            "10810003 05FF01 0EF001 62 04 8200 9D00 9E00 9F00",
            "10810004 05FF01 028800 62 03 E700 E800 8400",
            "10810005 05FF01 028801 61 01 E501 00",
            "10810006 05FF01 028801 60 02 E501 05 8101 08",
            "10810007 05FF01 028801 61 02 ED07 07EB021C0C1E0C EF07 07EB021C0C220A",
            "10810008 05FF01 028801 60 01 8111 01000102030405060708090A0B0C0D0E0F",
            "10810009 05FF01 028801 6E 01 E501 01 02 E200 E400",
            "1081000A 05FF01 028801 6E 01 ED07 07EB021C0C0006 02 EC00 ED00",
            "1081000B 05FF01 0EF001 63 01 D500",
            "1081000C 05FF01 028801 63 02 EA00 EB00",
            "1081000D 0EF001 0EF001 73 01 D504 01 05FF01",
            "1081000E 05FF01 028801 74 01 8001 30",
            "1081000F 05FF01 028801 7A 01 EA00",
            "10810010 028801 05FF01 72 01 E004 0001E240",
            "10810011 05FF01 028801 7E 01 E500 01 E501 05",
            "10820012 05FF01 028801 62 01 80 00",
            "10810013 05FF01 028801 62 08" + Hex.Repeat("E200", 8),
            "10810013 05FF01 028801 62 28" + Hex.Repeat("E200", 40),
            "10810014 05FF01 028801 61 05" + Hex.Repeat("80FF" + Hex.Repeat("55", 255), 4) + "80BE" + Hex.Repeat("55", 190),
            "10810015 05FF01 028801 6E 03" + Hex.Repeat("80FF" + Hex.Repeat("55", 255), 3) + "07" + Hex.Repeat("E200", 7),
        }.Select(Hex.Parse).ToArray();

        private static readonly byte[][] HighVoltage = new[]
        {
            "10810001 05FF01 028A01 62 01 80 00",
            "10810002 05FF01 028F01 62 06 8D00 D300 D400 E600 EA00 EB00",
            "10810003 05FF01 0EF001 62 04 8200 9D00 9E00 9F00",
            "10810004 05FF01 028A00 62 03 C100 C200 EA00",
            "10810005 05FF01 028A01 61 01 E101 00",
            "10810006 05FF01 028F01 60 02 E101 05 8101 08",
            "10810007 05FF01 028F01 61 02 E101 63 EF07 07EB021C0C220A",
            "10810008 05FF01 028A01 60 01 8111 01000102030405060708090A0B0C0D0E0F",
            "10810009 05FF01 028F01 6E 01 E101 01 02 E700 E800",
            "1081000A 05FF01 028F00 6E 01 EF07 07EB021C0C2206 03 ED00 EE00 EF00",
            "1081000B 05FF01 0EF001 63 01 D500",
            "1081000C 05FF01 028F01 63 03 C300 CB00 E300",
            "1081000D 0EF001 0EF001 73 01 D504 01 05FF01",
            "1081000E 05FF01 028A01 74 01 8001 30",
            "1081000F 05FF01 028F01 7A 01 E300",
            "10810010 028A01 05FF01 72 01 E001 0F",
            "10820012 05FF01 028A01 62 01 80 00",
            "10810013 05FF01 028F01 62 08" + Hex.Repeat("C800", 8),
            "10810013 05FF01 028A01 62 28" + Hex.Repeat("C600", 40),
            "10810014 05FF01 028F01 61 05" + Hex.Repeat("80FF" + Hex.Repeat("55", 255), 4) + "80BE" + Hex.Repeat("55", 190),
            "10810015 05FF01 028801 62 01 80 00",
        }.Select(Hex.Parse).ToArray();

        private static readonly int DefaultFrames = Effort.Of(2_000_000);

        private readonly MeterClass _class;
        private readonly byte[][] _corpus;
        private readonly FrameOracle _oracle;
        private readonly byte[] _request = new byte[BufferLength];
        private readonly byte[] _untouched = new byte[BufferLength];
        private readonly byte[] _response = new byte[EchonetNode.BufferLength];
        private readonly int[] _expectedDrops = new int[(int)DropReason.NoSuchObject + 1];

        private ulong _random;

        public EchonetNodeFuzzTests(MeterClass meterClass)
        {
            _class = meterClass;
            _corpus = meterClass == MeterClass.LowVoltage ? LowVoltage : HighVoltage;
            _oracle = new FrameOracle(meterClass);
        }

        [Test]
        public void EveryFrameIsAnsweredOrDroppedAsTheStandardWants()
        {
            int seed = Setting("NANOCOMM_FUZZ_SEED", DefaultSeed);
            int frames = Setting("NANOCOMM_FUZZ_FRAMES", DefaultFrames);
            TestContext.Progress.WriteLine($"fuzzing the ECHONET Lite node, {_class}: {frames} frames, NANOCOMM_FUZZ_SEED={seed}");
            _random = ((ulong)(uint)seed << 32) | 0x9E3779B9;
            EchonetFixture fixture = EchonetFixture.WithReading(_class);

            for (int i = 0; i < frames; i++)
            {
                int length = Next(8) == 0 ? Invent() : Mutate();
                Array.Copy(_request, _untouched, BufferLength);
                int answer;
                try
                {
                    answer = fixture.Node.Handle(_request, length, fixture.Terminal, fixture.Now, _response);
                }
                catch (Exception e)
                {
                    Assert.Fail($"{Describe(seed, i, length)} threw {e}");
                    return;
                }

                string fault = FindFault(fixture.Node, length, answer);
                if (fault != null)
                {
                    Assert.Fail($"{Describe(seed, i, length)} {fault}, answer {Hex.Format(_response, 0, answer)}");
                }
            }

            for (int reason = 0; reason < _expectedDrops.Length; reason++)
            {
                Assert.That(fixture.Node.Drops((DropReason)reason),
                    Is.EqualTo(reason == 0 ? 0 : _expectedDrops[reason]), ((DropReason)reason).ToString());
                Assert.That(_expectedDrops[reason], Is.Positive, $"{(DropReason)reason} never came up");
            }

            Assert.That(fixture.Node.Handled, Is.EqualTo(_expectedDrops[0]));
            Assert.That(_expectedDrops.Sum(), Is.EqualTo(frames));
        }

        private static int Setting(string name, int otherwise)
        {
            string value = Environment.GetEnvironmentVariable(name);
            return value == null ? otherwise : int.Parse(value, CultureInfo.InvariantCulture);
        }

        private string FindFault(EchonetNode node, int length, int answer)
        {
            ReadOnlySpan<byte> request = _untouched.AsSpan(0, length);
            DropReason expected = _oracle.Judge(request);
            _expectedDrops[(int)expected]++;
            if (node.LastDrop != expected)
            {
                return $"{node.LastDrop} where {expected} was expected";
            }

            if (!_request.AsSpan().SequenceEqual(_untouched))
            {
                return "the request was changed";
            }

            bool wanted = expected == DropReason.None && FrameOracle.WantsAnswer(request);
            if (wanted != answer > 0)
            {
                return wanted ? "silence where an answer was wanted" : "an answer where silence was wanted";
            }

            if (answer == 0)
            {
                return null;
            }

            // Whole and well formed, from the object asked to the one that asked, with the service that answers.
            ReadOnlySpan<byte> response = _response.AsSpan(0, answer);
            byte esv = request[10];
            bool rightService = response[10] == esv - 0x10 || (esv != 0x60 && response[10] == esv + 0x10);
            return _oracle.Judge(response) is DropReason.Response or DropReason.Notification && rightService
                && response.Slice(2, 2).SequenceEqual(request.Slice(2, 2))
                && response.Slice(4, 2).SequenceEqual(request.Slice(7, 2)) && response[6] == 0x01
                && response.Slice(7, 3).SequenceEqual(request.Slice(4, 3))
                && response[11] == request[11]
                && node.IsForGroup == (response[10] == 0x73)
                ? null
                : "a wrong answer";
        }

        private string Describe(int seed, int index, int length)
        {
            return $"seed {seed}, frame {index}: {Hex.Format(_untouched, 0, length)}";
        }

        // A frame of the corpus with one to four mutations.
        private int Mutate()
        {
            byte[] original = _corpus[Next(_corpus.Length)];
            int length = original.Length;
            original.CopyTo(_request, 0);
            for (int left = Next(5); left > 0; left--)
            {
                int at = Next(Math.Max(length, 1));
                switch (Next(9))
                {
                    case 0:
                        _request[at] ^= (byte)(1 << Next(8));
                        break;
                    case 1:
                        _request[at] = (byte)Next(256);
                        break;
                    case 2:
                        _request[at] += (byte)(Next(2) == 0 ? 1 : 0xFF);
                        break;
                    case 3:
                        _request[at] = (byte)(Next(2) == 0 ? 0x00 : 0xFF);
                        break;
                    case 4:
                        length = at;
                        break;
                    case 5:
                        length = Math.Min(length + 1 + Next(8), BufferLength);
                        break;
                    case 6:
                        _request[10] = (byte)((5 + Next(3)) << 4 | Next(16));
                        break;
                    case 7:
                        _request[11] = (byte)Next(8);
                        break;
                    default:
                        // Bytes move, so that lengths and values change places.
                        int to = Next(Math.Max(length, 1));
                        Array.Copy(_request, at, _request, to, Math.Min(Next(16), BufferLength - Math.Max(at, to)));
                        break;
                }
            }

            return length;
        }

        // Random bytes, half of them behind a header that could be right.
        private int Invent()
        {
            int length = Next(64) == 0 ? Next(BufferLength + 1) : Next(48);
            for (int i = 0; i < length; i++)
            {
                _request[i] = (byte)Next(256);
            }

            if (Next(2) == 0)
            {
                _corpus[Next(_corpus.Length)].AsSpan(0, 11).CopyTo(_request);
            }

            return length;
        }

        // xorshift64*: the run is its seed, on every version of .NET.
        private int Next(int bound)
        {
            _random ^= _random >> 12;
            _random ^= _random << 25;
            _random ^= _random >> 27;
            return (int)(((_random * 2685821657736338717UL) >> 33) % (ulong)bound);
        }
    }
}
