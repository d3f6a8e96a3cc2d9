// A photo is made smaller on the phone: turned as it was taken, and without what the camera wrote beside the picture.
const LONGEST = 1600;
const QUALITY = 0.82;

export async function shrink(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const by = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const sheet = document.createElement('canvas');
  sheet.width = Math.max(1, Math.round(picture.width * by));
  sheet.height = Math.max(1, Math.round(picture.height * by));
  draw(sheet, picture);
  picture.close();
  return new Promise((resolve) => { sheet.toBlob(resolve, 'image/jpeg', QUALITY); });
}

// Paper behind what is transparent.
function draw(sheet, picture) {
  const pen = sheet.getContext('2d', { alpha: false });
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, sheet.width, sheet.height);
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, sheet.width, sheet.height);
}
