using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Hems;

namespace NanoComm.MeterConformance
{
    /// <summary>Frames that a controller's <see cref="EchonetMessage"/> does not know: those of SetGet, which have two lists of
    /// properties (ECHONET Lite specification, part II, 3.2.6). Here one list, as they stand.</summary>
    internal static class EchonetFrames
    {
        private const int EsvOffset = 10;
        private const int OpcOffset = 11;

        /// <summary>Reads a frame; null when it is none, or damaged.</summary>
        public static EchonetMessage Parse(byte[] frame)
        {
            if (frame.Length <= OpcOffset || frame[EsvOffset] is not (EchonetService.SetGetRes or EchonetService.SetGetSna))
            {
                return EchonetMessage.Parse(frame);
            }

            int second = EndOfList(frame, OpcOffset);
            if (second >= frame.Length || EndOfList(frame, second) != frame.Length)
            {
                return null;
            }

            byte[] one = [.. frame[..second], .. frame[(second + 1)..]];
            one[OpcOffset] += frame[second];
            return EchonetMessage.Parse(one);
        }

        /// <summary>A request that sets and gets.</summary>
        public static byte[] SetGet(EchonetMessage request, int sets)
        {
            byte[] one = request.ToBytes();
            one[OpcOffset] = (byte)sets;
            int second = EndOfList(one, OpcOffset);
            return [.. one[..second], (byte)(request.Properties.Count - sets), .. one[second..]];
        }

        /// <summary>A frame of which something is changed.</summary>
        /// <param name="frame">The frame; stays as it is.</param>
        /// <param name="changes">Offsets and what stands there.</param>
        public static byte[] With(byte[] frame, params (int Offset, byte Value)[] changes)
        {
            byte[] changed = frame.ToArray();
            foreach ((int offset, byte value) in changes)
            {
                changed[offset] = value;
            }

            return changed;
        }

        /// <summary>What a property map lists, in order, and what is wrong with it.</summary>
        /// <param name="map">9D, 9E or 9F.</param>
        public static (IReadOnlyList<byte> Epcs, string Fault) ReadMap(byte[] map)
        {
            const int BitmapFrom = 16;
            if (map.Length == 0 || map.Length != 1 + Math.Min((int)map[0], BitmapFrom))
            {
                return ([], $"{map.Length} bytes do not go with a count: {Convert.ToHexString(map)}");
            }

            List<byte> epcs = map[0] < BitmapFrom ? map.Skip(1).ToList()
                : Enumerable.Range(0x80, 0x80).Select(epc => (byte)epc)
                    .Where(epc => (map[1 + (epc & 0x0F)] >> ((epc >> 4) - 8) & 1) != 0).ToList();
            string fault = epcs.Count != map[0] ? $"it says {map[0]} properties and lists {epcs.Count}"
                : epcs.Distinct().Count() != epcs.Count ? "it lists a property twice"
                : epcs.Exists(epc => epc < 0x80) ? "it lists a code below 80"
                : null;
            return (epcs, fault);
        }

        private static int EndOfList(byte[] frame, int opc)
        {
            int at = opc + 1;
            for (int i = 0; i < frame[opc] && at + 1 < frame.Length; i++)
            {
                at += 2 + frame[at + 1];
            }

            return at;
        }
    }
}
