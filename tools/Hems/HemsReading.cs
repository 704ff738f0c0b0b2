using System;
using System.Text.Json.Serialization;

namespace NanoComm.Hems
{
    /// <summary>One reading of the meter; null stands for "no data".</summary>
    /// <param name="Power">W, negative to the grid.</param>
    /// <param name="CurrentR">A.</param>
    /// <param name="CurrentT">A.</param>
    /// <param name="Normal">Register of the normal direction, kWh; null too where the meter's unit is not known.</param>
    /// <param name="Reverse">Register of the reverse direction, likewise.</param>
    /// <param name="NormalRegister">Register of the normal direction as it was read.</param>
    /// <param name="ReverseRegister">Register of the reverse direction as it was read.</param>
    /// <param name="Minute">The meter's time of the last full minute.</param>
    public sealed record HemsReading(int? Power, decimal? CurrentR, decimal? CurrentT, decimal? Normal, decimal? Reverse,
        uint? NormalRegister, uint? ReverseRegister, DateTime? Minute)
    {
        /// <summary>What a high-voltage meter tells beside; null at low voltage.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public HemsHighReading High { get; init; }
    }
}
