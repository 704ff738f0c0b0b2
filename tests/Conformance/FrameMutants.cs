using System;
using System.Collections.Generic;
using NanoComm.MeterConformance;

namespace NanoComm.Tests.Conformance
{
    /// <summary>Meters that answer what they must not, or answer it wrongly.</summary>
    internal static class FrameMutants
    {
        private const byte SetISna = 0x50;
        private const byte SetI = 0x60;

        private static readonly byte[] Refusal = Convert.FromHexString("1081000102880105FF0152018000");

        public static IEnumerable<Mutant> All => [.. Frames(), .. Services(), .. Answers(), .. Group(), .. Sizes()];

        private static IEnumerable<Mutant> Frames()
        {
            return
            [
                Mended("FRM-EHD1", "does not look at EHD1", bytes => [0x10, .. bytes[1..]]),
                Mended("FRM-EHD2", "does not look at EHD2", bytes => bytes.Length > 1 ? [bytes[0], 0x81, .. bytes[2..]] : bytes),
                Replying("FRM-SHORT", "refuses what ends before its properties", bytes => bytes.Length is > 4 and < 14 ? Refusal : null),
                Replying("FRM-SHORT", "refuses a few bytes", bytes => bytes.Length <= 4 ? Refusal : null),
                Mended("FRM-PDC", "takes a property that is cut off for an empty one", bytes => bytes.Length == 14 && bytes[13] == 5
                    ? [.. bytes[..13], 0] : bytes),
                Mended("FRM-OPC-MORE", "does not count properties", bytes => bytes.Length == 14 && bytes[11] == 2 ? [.. bytes[..11], 1, .. bytes[12..]]
                    : bytes),
                Mended("FRM-OPC-LESS", "does not look behind the last property", bytes => bytes.Length > 14 && bytes[11] == 1 && bytes[10] == Frame.Get
                    ? bytes[..14] : bytes),
                Replying("FRM-OPC-ZERO", "refuses a frame without properties", bytes => bytes.Length == 12 && bytes[11] == 0 ? Refusal : null),
                Replying("FRM-ESV", "refuses services that there are not", bytes => bytes.Length > 10 && bytes[10] is 0x65 or 0x00 ? Refusal : null),
                Replying("FRM-RESPONSE", "refuses responses", bytes => bytes.Length == 14 && bytes[10] is 0x72 or 0x52 or 0x7A ? Refusal : null),
                Replying("FRM-DEOJ", "refuses for a class that it has not", bytes => Frame.Parse(bytes)?.Deoj is 0x013001 or 0x013000 ? Refusal : null),
                Mended("FRM-INSTANCE", "answers for every instance", bytes => Frame.Parse(bytes)?.Deoj == 0x02887F
                    ? [.. bytes[..9], 0x01, .. bytes[10..]] : bytes),
                Mended("FRM-INSTANCE-00", "does not know instance 00", bytes => Frame.Parse(bytes) is { } frame && (frame.Deoj & 0xFF) == 0 ? null
                    : bytes),
                AsAll("FRM-INSTANCE-00", "answers as instance 00"),
                new Mutant("FRM-SEOJ", "answers to the controller whoever asks")
                {
                    Heard = (_, heard) => heard with { Bytes = [.. heard.Bytes[..7], 0x05, 0xFF, 0x01, .. heard.Bytes[10..]] },
                },
            ];
        }

        private static IEnumerable<Mutant> Services()
        {
            return
            [
                new Mutant("FRM-GET-SNA", "refuses all for one")
                {
                    Heard = Mutants.Altered(0, frame => _ = frame.Esv == Frame.GetSna ? MapMutants.Emptied(frame) : frame),
                },
                new Mutant("FRM-GET-SNA", "leaves out what it has not")
                {
                    Heard = Mutants.Altered(0, frame => frame.Properties.RemoveAll(property => frame.Esv == Frame.GetSna && property.Edt.Length == 0)),
                },
                new Mutant("FRM-GET-SNA", "says that all is well")
                {
                    Heard = Mutants.Altered(0, frame => frame.Esv = frame.Esv == Frame.GetSna ? Frame.GetRes : frame.Esv),
                },
                new Mutant("FRM-GET-SNA", "orders what it tells")
                {
                    Heard = Mutants.Altered(0, frame => frame.Properties.Sort((one, other) => one.Epc.CompareTo(other.Epc))),
                },
                MapMutants.Answering("FRM-SETC-SNA", "takes nothing of what it cannot take as a whole", 0x028801,
                    frame => frame is { Esv: Frame.SetC, Properties.Count: 2 } ? frame.Answer(Frame.SetCSna) : null),
                MapMutants.Answering("FRM-SETC-SNA", "says to have taken, and has not", 0x028801, frame =>
                {
                    if (frame is not { Esv: Frame.SetC, Properties.Count: 2 })
                    {
                        return null;
                    }

                    Frame answer = frame.Answer(Frame.SetCSna);
                    answer.Properties[1] = (answer.Properties[1].Epc, []);
                    return answer;
                }),
                new Mutant("FRM-SETC-SNA", "refuses without the data that was sent")
                {
                    Heard = Mutants.Altered(0, frame => _ = frame.Esv == Frame.SetCSna ? MapMutants.Emptied(frame) : frame),
                },
                new Mutant("FRM-SETI", "answers SetI")
                {
                    Request = (path, bytes, _, _) =>
                    {
                        if (bytes[10] == SetI)
                        {
                            path.Reply(MapMutants.Emptied(Frame.Parse(bytes).Answer(Frame.SetRes)).ToBytes());
                        }

                        return bytes;
                    },
                },
                Mended("FRM-SETI", "does not know SetI", bytes => bytes.Length > 10 && bytes[10] == SetI ? null : bytes),
                new Mutant("FRM-SETI-SNA", "does not refuse SetI") { Heard = (_, heard) => heard.Bytes[10] == SetISna ? null : heard },
                new Mutant("FRM-SETI-SNA", "refuses SetI without its data")
                {
                    Heard = Mutants.Altered(0, frame => _ = frame.Esv == SetISna ? MapMutants.Emptied(frame) : frame),
                },
                new Mutant("FRM-SETGET-SNA", "says that all is well")
                {
                    Heard = (_, heard) => heard.Bytes[10] == 0x5E ? heard with { Bytes = [.. heard.Bytes[..10], 0x7E, .. heard.Bytes[11..]] } : heard,
                },
                Once("FRM-AGAIN", "takes the same request for an echo"),
            ];
        }

        private static IEnumerable<Mutant> Answers()
        {
            return
            [
                new Mutant("ANS-FRAME", "sends a part of a frame behind each")
                {
                    Heard = (path, heard) =>
                    {
                        path.Reply(heard.Bytes[..12], heard.End);
                        return heard;
                    },
                },
                new Mutant("ANS-TID", "counts its answers")
                {
                    Heard = Mutants.Altered(0, frame => frame.Header[3]++),
                },
                new Mutant("ANS-SEOJ", "answers as another instance") { Heard = Mutants.Altered(0x0EF001, frame => frame.Header[6] = 2) },
                new Mutant("ANS-DEOJ", "answers to another instance") { Heard = Mutants.Altered(0, frame => frame.Header[9] = 2) },
                new Mutant("ANS-ESV", "answers Get by Set_Res")
                {
                    Heard = Mutants.Altered(0, frame => frame.Esv = frame.Esv == Frame.GetRes ? Frame.SetRes : frame.Esv),
                },
                new Mutant("ANS-PROPERTIES", "turns the order round")
                {
                    Also = ["SIZE-OPC-6"],
                    Heard = Mutants.Altered(0, frame => frame.Properties.Reverse()),
                },
                new Mutant("ANS-DATA", "says Get_Res without data")
                {
                    Also = ["NODE-D4"],
                    Heard = Mutants.Altered(0, frame => frame.Change(0xD4, _ => [])),
                },
                new Mutant("ANS-LENGTH", "answers more than fits") { Also = ["SIZE-OVER"], Heard = Mutants.Altered(0x028801, Fill) },
                new Mutant("ANS-FROM-PORT", "answers from another port") { Heard = (_, heard) => heard with { Port = 40000 } },
                ToAsker("ANS-TO-PORT", "answers to the port that asked"),
                new Mutant("ANS-TIME", "takes 25 seconds")
                {
                    Heard = (path, heard) =>
                    {
                        path.ReplyLater(heard, 25_000);
                        return null;
                    },
                },
            ];
        }

        private static IEnumerable<Mutant> Group()
        {
            return
            [
                new Mutant("GRP-GET", "is not in the group") { Request = (_, bytes, _, toGroup) => toGroup ? null : bytes },
                new Mutant("GRP-GET", "tells the group another list") { Request = (path, bytes, _, toGroup) =>
                {
                    if (!toGroup)
                    {
                        return bytes;
                    }

                    Frame answer = Frame.Parse(bytes).Answer(Frame.GetRes);
                    answer.Properties[0] = (0xD6, [1, 0x02, 0x79, 0x01]);
                    path.Reply(answer.ToBytes());
                    return null;
                } },
                new Mutant("GRP-SILENCE", "refuses what the group is asked")
                {
                    Request = (path, bytes, _, toGroup) =>
                    {
                        if (toGroup && Frame.Parse(bytes).Deoj == 0x013001)
                        {
                            path.Reply(Refusal);
                        }

                        return bytes;
                    },
                },
                new Mutant("GRP-GREETING", "greets the group whenever it is greeted")
                {
                    Request = (path, bytes, _, toGroup) =>
                    {
                        if (toGroup && bytes[10] == Frame.Inf)
                        {
                            path.Reply(Convert.FromHexString("108100010EF0010EF0017301D50401028801"), toGroup: true);
                        }

                        return bytes;
                    },
                },
                new Mutant("GRP-INF-REQ", "announces another list")
                {
                    Heard = Mutants.Altered(0x0EF001, frame => frame.Change(0xD5, _ => [1, 0x02, 0x79, 0x01])),
                },
                MapMutants.Answering("GRP-INF-REQ", "refuses INF_REQ", 0x0EF001, frame => frame.Esv == 0x63 ? frame.Answer(0x53) : null),
            ];
        }

        private static IEnumerable<Mutant> Sizes()
        {
            return
            [
                MapMutants.Answering("SIZE-OPC-6", "refuses six at once", 0x028801, frame => frame is { Esv: Frame.Get, Properties.Count: > 5 }
                    ? frame.Answer(Frame.GetSna) : null),
                new Mutant("SIZE-OPC-6", "does not answer six at once") { Request = (_, bytes, _, _) => bytes.Length > 11 && bytes[11] > 5 ? null : bytes },
                new Mutant("SIZE-OVER", "answers more than fits") { Heard = Mutants.Altered(0x028801, Fill) },
                MapMutants.Answering("SIZE-OVER", "tells nothing of what does not fit as a whole", 0x028801,
                    frame => frame is { Esv: Frame.Get, Properties.Count: 8 } ? frame.Answer(Frame.GetSna) : null),
                Dying("SIZE-ALIVE", "is silent for good after it"),
            ];
        }

        private static Mutant Mended(string row, string name, Func<byte[], byte[]> mend)
        {
            return new Mutant(row, name) { Request = (_, bytes, _, _) => mend(bytes) };
        }

        private static Mutant Replying(string row, string name, Func<byte[], byte[]> reply)
        {
            return new Mutant(row, name)
            {
                Request = (path, bytes, _, _) =>
                {
                    if (reply(bytes) is not { } own)
                    {
                        return bytes;
                    }

                    path.Reply(own);
                    return null;
                },
            };
        }

        // All that was asked for, in however many bytes.
        private static void Fill(Frame frame)
        {
            if (frame.Esv == Frame.GetSna && frame.Properties.Count == 8)
            {
                byte[] first = frame.Properties[0].Edt;
                for (int i = 0; i < frame.Properties.Count; i++)
                {
                    frame.Properties[i] = (frame.Properties[i].Epc, first);
                }

                frame.Esv = Frame.GetRes;
            }
        }

        private static Mutant AsAll(string row, string name)
        {
            bool isAll = false;
            return new Mutant(row, name)
            {
                Request = (_, bytes, _, _) =>
                {
                    isAll = bytes[9] == 0;
                    return bytes;
                },
                Heard = Mutants.Altered(0, frame => frame.Header[6] = isAll ? (byte)0 : frame.Header[6]),
            };
        }

        private static Mutant Once(string row, string name)
        {
            var seen = new HashSet<string>();
            return new Mutant(row, name) { Request = (_, bytes, _, _) => seen.Add(Convert.ToHexString(bytes)) ? bytes : null };
        }

        private static Mutant ToAsker(string row, string name)
        {
            var others = new HashSet<(byte, byte)>();
            return new Mutant(row, name)
            {
                Request = (_, bytes, end, _) =>
                {
                    if (end == PathEnd.OtherPort)
                    {
                        others.Add((bytes[2], bytes[3]));
                    }

                    return bytes;
                },
                Heard = (_, heard) => others.Contains((heard.Bytes[2], heard.Bytes[3])) ? heard with { End = PathEnd.OtherPort } : heard,
            };
        }

        private static Mutant Dying(string row, string name)
        {
            bool isDead = false;
            return new Mutant(row, name)
            {
                Request = (_, bytes, _, _) =>
                {
                    bool wasDead = isDead;
                    isDead |= bytes.Length > 11 && bytes[11] == 8;
                    return wasDead ? null : bytes;
                },
            };
        }
    }
}
