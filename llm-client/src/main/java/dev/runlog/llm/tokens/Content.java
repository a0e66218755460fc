package dev.runlog.llm.tokens;

import com.fasterxml.jackson.databind.JsonNode;

/** The content of a message: its texts joined, and the images counted on the way. */
final class Content {

  private final CountedRequest request;

  Content(CountedRequest request) {
    this.request = request;
  }

  /** The text of a content that is a string, an array of parts or absent. */
  String text(JsonNode content) {
    if (content.isTextual()) {
      return content.asText();
    }
    if (content.isArray()) {
      StringBuilder text = new StringBuilder();
      content.forEach(part -> text.append(partText(part)));
      return text.toString();
    }
    return content.isNull() || content.isMissingNode() ? "" : content.toString();
  }

  private String partText(JsonNode part) {
    if (part.isTextual()) {
      return part.asText();
    }
    String type = part.path("type").asText();
    return switch (type) {
      case "text", "input_text", "output_text", "summary_text" -> part.path("text").asText();
      case "refusal" -> part.path("refusal").asText();
      case "image_url", "input_image" -> countImage(part);
      default -> countNothing(type);
    };
  }

  private String countNothing(String type) {
    request.doubtPart("a content part", type);
    return "";
  }

  private String countImage(JsonNode part) {
    JsonNode image = part.path("image_url");
    JsonNode source = image.isObject() ? image : part;
    String url = image.isObject() ? image.path("url").asText() : image.asText();
    request.tally().addImage(imageTokens(url, source.path("detail").asText("auto")));
    return "";
  }

  private int imageTokens(String url, String detail) {
    ImagePrice price = request.profile().images();
    if (price instanceof ImagePrice.Tiles tiles && detail.equals("low")) {
      return tiles.base();
    }
    if (detail.equals("low")) {
      request.doubt("the price of an image of low detail is not known for this model");
    }
    if (request.profile().generation() == Generation.O_SERIES
        && price instanceof ImagePrice.Tiles) {
      request.doubt("images of this model are priced by the guide alone");
    }
    return ImageSize.ofDataUrl(url)
        .map(size -> price.tokens(size.width(), size.height()))
        .orElseGet(() -> unknownImage(price));
  }

  /** An image of unknown size counts as one of 1024 × 1024 pixels. */
  private int unknownImage(ImagePrice price) {
    request.doubt("the size of an image is unknown");
    return price.tokens(1024, 1024);
  }
}
