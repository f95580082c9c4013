namespace Nabij.HostCore.Picture;

/// <summary>
/// Steps of the quality ladder, finest first (picture.md B6). A viewer that takes long over its updates is given coarser
/// ones, and everything is made exact when there is room again.
/// </summary>
public enum PictureQuality
{
    /// <summary>Text exact at once, photos by step 16.</summary>
    Fine = 0,

    /// <summary>Photos and video by step 32.</summary>
    Coarse = 1,

    /// <summary>Text that does not fit is approximated at first, too.</summary>
    Rough = 2,

    /// <summary>Photos and video by step 48 besides, which leaves about what half the resolution would.</summary>
    Least = 3,
}
