using System;
using System.Collections.Generic;

namespace NanoComm.Simulators
{
    /// <summary>What a bad line makes of bytes.</summary>
    internal static class LineNoise
    {
        /// <summary>Spoils bytes as the faults say.</summary>
        /// <param name="faults">Of the line.</param>
        /// <param name="random">Decides chance.</param>
        /// <param name="bytes">What was sent.</param>
        /// <returns>What arrives.</returns>
        public static byte[] Spoil(LineFaults faults, Random random, ReadOnlySpan<byte> bytes)
        {
            if (!faults.SpoilsBytes)
            {
                return bytes.ToArray();
            }

            var result = new List<byte>(bytes.Length);
            foreach (byte b in bytes)
            {
                byte received = b;
                for (int bit = 0; bit < 8; bit++)
                {
                    received ^= Happens(faults.BitError, random) ? (byte)(1 << bit) : (byte)0;
                }

                if (!Happens(faults.Drop, random))
                {
                    result.Add(received);
                    if (Happens(faults.Double, random))
                    {
                        result.Add(received);
                    }
                }
            }

            return result.ToArray();
        }

        /// <summary>Draws a number only where there is a doubt, so that a fault elsewhere does not change what happens
        /// here.</summary>
        public static bool Happens(double probability, Random random)
        {
            return probability > 0 && random.NextDouble() < probability;
        }
    }
}
