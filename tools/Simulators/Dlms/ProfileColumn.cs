using System;

namespace NanoComm.Simulators.Dlms
{
    /// <summary>A column of a profile: what is captured, and how a row's value is written.</summary>
    /// <param name="ClassId">Class of the captured object.</param>
    /// <param name="Name">Its logical name.</param>
    /// <param name="Attribute">The captured attribute.</param>
    /// <param name="Write">Writes the value of a row.</param>
    public sealed record ProfileColumn<TRow>(ushort ClassId, Obis Name, sbyte Attribute, Action<AxdrWriter,
        TRow> Write);
}
